/** JSON that no text inside it can end the surrounding `<script>` with (`</script>`, `<!--`). */
export function escapeForScript(json: string): string {
  return json
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}
