import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** The screens. */
export type Route =
  | { readonly screen: 'labs' }
  /** What is on the machine of the server. */
  | { readonly screen: 'machine' }
  | { readonly screen: 'lab'; readonly labId: string };

const labPath = /^\/labs\/([a-z0-9][a-z0-9-]{0,62})\/?$/;

/** Any path that is neither a lab nor the machine is the lab list. */
export function routeOf(path: string): Route {
  if (/^\/machine\/?$/.test(path)) return { screen: 'machine' };
  const labId = labPath.exec(path)?.[1];
  return labId === undefined ? { screen: 'labs' } : { screen: 'lab', labId };
}

export function pathOf(route: Route): string {
  switch (route.screen) {
    case 'labs':
      return '/';
    case 'machine':
      return '/machine';
    case 'lab':
      return `/labs/${route.labId}`;
  }
}

const routeStore = createStore<Route>(() => routeOf(globalThis.location?.pathname ?? '/'));

/** Goes to a screen; the browser's back button comes back from it. */
export function navigate(route: Route): void {
  window.history.pushState(null, '', pathOf(route));
  routeStore.setState(route, true);
}

export function useRoute(): Route {
  return useStore(routeStore);
}

/** Follows the browser's back and forward buttons. Gives the function that stops. */
export function followHistory(): () => void {
  const follow = (): void => routeStore.setState(routeOf(window.location.pathname), true);
  window.addEventListener('popstate', follow);
  return () => window.removeEventListener('popstate', follow);
}
