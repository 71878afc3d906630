// Somebody with a browser without scripts: it keeps its cookies and follows where it is sent, one step at a time.
import assert from "node:assert/strict";

const text = (html) => html.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export class Visitor {
  // As browsers do, the port does not tell one site's cookies from another's.
  cookies = [];

  async request(address, { form } = {}) {
    const url = new URL(address);
    const sent = this.cookies.filter(({ path }) => url.pathname.startsWith(path)).map(({ name, value }) => `${name}=${value}`);
    const headers = { "User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0", ...(sent.length > 0 && { Cookie: sent.join("; ") }) };
    const reply = await fetch(url, { headers, redirect: "manual", ...(form && { method: "POST", body: new URLSearchParams(form) }) });
    for (const line of reply.headers.getSetCookie()) this.keep(line);
    return { url: url.href, status: reply.status, headers: reply.headers, location: reply.headers.get("location"), body: await reply.text() };
  }

  keep(line) {
    const [pair, ...attributes] = line.split(/;\s*/);
    const name = pair.slice(0, pair.indexOf("="));
    const value = pair.slice(pair.indexOf("=") + 1);
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? "/";
    this.cookies = this.cookies.filter((cookie) => cookie.name !== name || cookie.path !== path);
    if (value !== "") this.cookies.push({ name, value, path });
  }

  // Follows redirections. `until`: an address that is not asked, but given back.
  async go(address, { form, until = () => false } = {}) {
    let reply = await this.request(address, { form });
    for (let hops = 0; reply.location !== null; ++hops) {
      assert.ok(hops < 15, `trop de redirections vers ${reply.location}`);
      const next = new URL(reply.location, reply.url).href;
      if (until(next)) return { ...reply, stoppedAt: next };
      reply = await this.request(next);
    }
    return reply;
  }

  // Sends the first form of a page that holds this text, with these fields over its hidden ones.
  async submit(page, fields = {}, options = {}) {
    const form = /<form[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/.exec(page.body);
    assert.ok(form, `pas de formulaire : ${page.url} ${page.status}`);
    const hidden = [...form[2].matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
      /name="([^"]*)"/.exec(input)[1],
      text(/value="([^"]*)"/.exec(input)[1]),
    ]);
    return this.go(new URL(text(form[1]), page.url).href, { form: { ...Object.fromEntries(hidden), ...fields }, ...options });
  }

  // Leaves for the provider, says who they are, agrees, comes back. `until`: see go.
  async signIn(town, login, { suite = "/mon-compte", until } = {}) {
    let page = await this.go(`${town.url}/connexion/oidc?suite=${encodeURIComponent(suite)}`, { until });
    for (let steps = 0; steps < 3 && page.stoppedAt === undefined && page.body.includes('name="prompt"'); ++steps) {
      const asked = page.body.includes('value="login"') ? { login, password: "n’importe lequel" } : {};
      page = await this.submit(page, asked, { until });
    }
    return page;
  }

  // The address by which the provider sends back, not yet asked.
  async callback(town, login, options = {}) {
    const page = await this.signIn(town, login, { ...options, until: (url) => url.startsWith(`${town.url}/connexion/oidc/retour`) });
    assert.ok(page.stoppedAt, `le fournisseur ne renvoie pas : ${page.url} ${page.status}`);
    return page.stoppedAt;
  }

  async account(town) {
    return this.request(`${town.url}/mon-compte`);
  }

  hasSession() {
    return this.cookies.some(({ name }) => name === "beffroi_session");
  }
}
