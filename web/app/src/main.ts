import { mount } from 'svelte';
import './app.css';
import App from './App.svelte';
import { loadLanguage } from './i18n/i18n';

const target = document.getElementById('app');
if (target) {
  document.documentElement.lang = await loadLanguage(navigator.languages);
  mount(App, { target });
}
