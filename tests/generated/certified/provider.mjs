// A certified OpenID provider for one system: node provider.mjs PORT RETURN_ADDRESS LOGOUT_ADDRESS
// Whoever types the name `ana` is Ana, of the group "The Office"; any password will do.
import Provider from "oidc-provider";

const [port, back, ended] = process.argv.slice(2);
const ana = { sub: "ana", email: "ana@example.com", groups: ["The Office"] };

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "ours",
      client_secret: "a secret for this test alone",
      redirect_uris: [back],
      response_types: ["code"],
      grant_types: ["authorization_code"],
      backchannel_logout_uri: ended,
      backchannel_logout_session_required: true,
    },
  ],
  claims: { email: ["email"], groups: ["groups"] },
  scopes: ["openid", "email", "groups"],
  features: { backchannelLogout: { enabled: true }, claimsParameter: { enabled: true } },
  pkce: { required: () => true },
  findAccount: (_context, id) => ({ accountId: id, claims: () => (id === "ana" ? ana : { sub: id }) }),
  // Its dispatcher refuses addresses of this machine, which is where our system is.
  fetch: (address, { dispatcher: _dispatcher, ...options }) => globalThis.fetch(address, options),
});

provider.on("backchannel.error", (_context, error) => console.log("not told:", error.message));
provider.on("backchannel.success", () => console.log("told"));
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
