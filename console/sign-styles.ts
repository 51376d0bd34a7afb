import { config } from './config.ts';

/**
 * Signs every style element that the page's own scripts make: some parts of the component library measure scroll bars
 * with one and know no nonce. Styles that come in as markup stay unsigned, and therefore without effect.
 */
export function signStyles(): void {
  const create = document.createElement.bind(document) as (
    name: string,
    options?: ElementCreationOptions,
  ) => HTMLElement;
  document.createElement = (name: string, options?: ElementCreationOptions): HTMLElement => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = config.styleNonce;
    return element;
  };
}
