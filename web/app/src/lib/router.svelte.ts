import { parsePath, type Route } from './paths';

class Router {
  route = $state<Route>(parsePath(location.pathname));

  constructor() {
    addEventListener('popstate', () => {
      this.route = parsePath(location.pathname);
    });
  }

  /** Goes to a path of this server, with a fragment or without. */
  go(path: string): void {
    history.pushState(null, '', path);
    this.route = parsePath(location.pathname);
    scrollTo(0, 0);
  }
}

export const router = new Router();
