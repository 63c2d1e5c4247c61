// The address of a state: the model, the page's own data, the seed and the step, packed into the fragment.

async function through(stream, bytes) {
  const all = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(all).arrayBuffer());
}

/** Packs a state. */
export async function packed(state) {
  const bytes = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(JSON.stringify(state)));
  const text = Array.from(bytes, byte => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Unpacks a state; nothing if that is none. */
export async function unpacked(fragment) {
  try {
    const text = atob(fragment.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, letter => letter.charCodeAt(0));
    const state = JSON.parse(new TextDecoder().decode(await through(new DecompressionStream("deflate-raw"), bytes)));
    return typeof state.text === "string" ? state : null;
  } catch {
    return null;
  }
}
