/** Returns the shadow root of an element. CodeMirror writes `<style>` elements into a page, which the page's security
 * policy forbids; into a shadow root it puts adopted style sheets. */
export function shadowOf(host: HTMLElement): ShadowRoot {
  return host.shadowRoot ?? host.attachShadow({ mode: "open" });
}
