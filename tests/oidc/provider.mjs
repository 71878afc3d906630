// A real identity provider (oidc-provider) on this machine, in a process of its own, which changes its keys, its clock, its people and its
// word as a test tells it to.
//
//   fork("provider.mjs", [port, address of Beffroi, secret of Beffroi]) sends "ready", then answers each message once it is done.
import { createServer } from "node:http";
import { CompactSign, exportJWK, generateKeyPair, UnsecuredJWT } from "jose";
import Provider from "oidc-provider";
import { createHmac } from "node:crypto";

const [port, beffroi, secret] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const world = { clockOffsetMs: 0, groups: ["agents"], tamper: "" };

const realNow = Date.now;
Date.now = () => realNow() + world.clockOffsetMs;

let keyNumber = 0;
async function newKey() {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: `k${++keyNumber}`, use: "sig", alg: "RS256" };
}

// Another token than the one that was made, signed with the provider's own key unless the trick is in the signature.
const tricks = {
  audience: (claims) => ({ ...claims, aud: "un-autre-service" }),
  nonce: (claims) => ({ ...claims, nonce: "un-autre-nonce" }),
  issuer: (claims) => ({ ...claims, iss: "https://idp.exemple.fr" }),
  subject: (claims) => ({ ...claims, sub: undefined }),
};

async function tampered(token, key) {
  const [head, body, signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url"));
  if (world.tamper in tricks) {
    const bytes = new TextEncoder().encode(JSON.stringify(tricks[world.tamper](claims)));
    return new CompactSign(bytes).setProtectedHeader({ alg: "RS256", kid: key.kid }).sign(key);
  }
  if (world.tamper === "unsigned") return new UnsecuredJWT(claims).encode();
  if (world.tamper === "public key as secret") {
    const start = `${Buffer.from(JSON.stringify({ alg: "HS256", kid: key.kid })).toString("base64url")}.${body}`;
    return `${start}.${createHmac("sha256", JSON.stringify({ kty: key.kty, n: key.n, e: key.e })).update(start).digest("base64url")}`;
  }
  if (world.tamper === "other claims") {
    const other = Buffer.from(JSON.stringify({ ...claims, sub: "quelqu-un-d-autre" })).toString("base64url");
    return `${head}.${other}.${signature}`;
  }
  if (world.tamper === "cut") return token.slice(0, -10);
  return token;
}

function provider(keys) {
  const made = new Provider(issuer, {
    clients: [
      {
        client_id: "beffroi",
        client_secret: secret,
        redirect_uris: [`${beffroi}/connexion/oidc/retour`],
        post_logout_redirect_uris: [`${beffroi}/connexion`],
        backchannel_logout_uri: `${beffroi}/connexion/oidc/deconnexion`,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys },
    cookies: { keys: ["un secret de cet essai"] },
    claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"], groups: ["groups"] },
    scopes: ["openid", "profile", "email", "groups"],
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: `Camille ${id}`, email: `${id}@mairie.fr`, email_verified: true, groups: world.groups }),
    }),
    // Beffroi is on this machine, where the provider’s own dispatcher calls nobody.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  });
  made.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route === "token" && ctx.body?.id_token) ctx.body = { ...ctx.body, id_token: await tampered(ctx.body.id_token, keys[0]) };
  });
  return made;
}

let keys = [await newKey()];
let current = provider(keys).callback();
const server = createServer((request, response) => current(request, response));
server.listen(Number(port), "127.0.0.1", () => process.send("ready"));

process.on("message", async ({ rotate, ...changes }) => {
  Object.assign(world, changes);
  if (rotate) {
    keys = [await newKey()];
    current = provider(keys).callback();
  }
  process.send("done");
});
process.on("disconnect", () => process.exit(0));
