export function bundlePrograms(options: { readonly root: string }): Promise<void>;
