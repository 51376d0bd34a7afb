import { useEffect, useState } from 'react';

/** Where one is: `#/field/Person.name` is `['field', 'Person.name']`. */
export type Route = readonly string[];

function readRoute(): Route {
  return location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent);
}

export function useRoute(): Route {
  const [route, setRoute] = useState(readRoute);
  useEffect(() => {
    const follow = () => setRoute(readRoute());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

/** The address of a page. Names of pages, fields, divisions and proposals only: what a user types never goes into an address. */
export function linkTo(...route: readonly string[]): string {
  return `#/${route.map(encodeURIComponent).join('/')}`;
}
