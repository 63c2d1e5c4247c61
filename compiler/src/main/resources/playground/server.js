// What the page asks its server, and what it is told.

/** Asks for something; what cannot be done comes back as problems, too. */
export async function ask(path, data) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(data),
    });
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
    return await answer.json();
  } catch (error) {
    return { problems: [{ event: "error", message: "the playground does not answer: " + error.message,
      hint: "is nnc playground still running?" }] };
  }
}

/** Listens to a run: its losses, and what is seen of it. Gives what ends that. */
export function listen(run, { losses, state }) {
  const events = new EventSource("/events?run=" + encodeURIComponent(run));
  events.addEventListener("losses", event => losses(JSON.parse(event.data)));
  events.addEventListener("state", event => state(JSON.parse(event.data)));
  return () => events.close();
}

/** Numbers as the server sends them. */
export function floats(text) {
  return new Float32Array(Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer);
}
