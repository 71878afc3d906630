// People of the town hall, for the journeys that need one signed in.
export const GIVEN = "trois chevaux bleus";
export const CHOSEN = "cinq ânes gris et un chat";

// An agent of the server's commune, with a password to change.
export const addPerson = (server, login, ...more) =>
  server.command(["user", "add", login, "--name", "Camille Martin", "--role", "agent", "--stdin", ...more], `${GIVEN}\n`);

export async function signIn(page, login, password) {
  await page.getByLabel("Identifiant").fill(login);
  await page.getByLabel("Mot de passe", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Se connecter" }).click();
}

export async function choosePassword(page, given = GIVEN) {
  await page.getByLabel("Mot de passe reçu").fill(given);
  await page.getByLabel("Nouveau mot de passe").fill(CHOSEN);
  await page.getByLabel("Le même, une seconde fois").fill(CHOSEN);
  await page.getByRole("button", { name: "Enregistrer" }).click();
}

// Signed in, with a password of one's own.
export async function enterAs(page, server, login) {
  await page.goto(`${server.url}/connexion`);
  await signIn(page, login, GIVEN);
  await choosePassword(page);
  await page.getByRole("link", { name: "Camille Martin" }).waitFor();
}
