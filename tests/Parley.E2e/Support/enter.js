// Gives the name and presses Join, as a person would by the accessible names; false while the page is not ready for it.
([name]) => {
  const field = [...document.querySelectorAll('input')].find(i => i.labels?.[0]?.textContent.trim() === 'Your name' || i.getAttribute('aria-label') === 'Your name');
  const join = [...document.querySelectorAll('button')].find(b => b.textContent.trim() === 'Join' && !b.disabled);
  if (!field || !join) return false;
  field.value = name;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  join.click();
  return true;
}
