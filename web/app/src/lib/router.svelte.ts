import { parsePath, type Route } from './paths';

class Router {
  route = $state<Route>(parsePath(location.pathname));

  constructor() {
    addEventListener('popstate', () => {
      this.route = parsePath(location.pathname);
    });
  }

  go(path: string): void {
    history.pushState(null, '', path);
    this.route = parsePath(path);
    scrollTo(0, 0);
  }
}

export const router = new Router();
