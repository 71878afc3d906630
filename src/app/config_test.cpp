#include "app/config.h"

#include <doctest/doctest.h>

#include "base/files.h"
#include "base/testing.h"

using namespace beffroi;

namespace {

Result<app::Config> load(std::string_view content) {
  testing::TemporaryFolder folder;
  const auto path = folder.path() / "beffroi.toml";
  REQUIRE(write_file_atomically(path, content));
  return app::load_config(path);
}

std::string fault(std::string_view content) {
  const auto config = load(content);
  REQUIRE_FALSE(config);
  return config.error().message;
}

}  // namespace

TEST_CASE("a full configuration is read") {
  const auto config = load(
      "[server]\naddress = \"0.0.0.0\"\nport = 9000\n[commune]\nid = \"sainte-marie\"\nname = \"Mairie de Sainte-Marie\"\n"
      "[base]\nurls = [\"https://exemple.fr/vosdroits.zip\"]\n[search]\nsemantic = false\n");
  REQUIRE(config);
  CHECK(config->server.port == 9000);
  CHECK(config->commune.id == "sainte-marie");
  CHECK(config->base.urls.size() == 1);
  CHECK_FALSE(config->search.semantic);
}

TEST_CASE("an empty configuration keeps the defaults, closed to other machines") {
  const auto config = load("");
  REQUIRE(config);
  CHECK(config->server.address == "127.0.0.1");
  CHECK(config->base.urls.empty());
}

TEST_CASE("the figures are shut to all but the machines that the file names") {
  CHECK(load("")->metrics.allow.empty());
  CHECK(load("[metrics]\nallow = [\"192.0.2.10\", \"2001:db8::1\"]\n")->metrics.allow.size() == 2);
  CHECK(fault("[metrics]\nallow = [\"prometheus.mairie.fr\"]\n").find("des adresses IP étaient attendues") != std::string::npos);
  CHECK(fault("[metrics]\nlistn = true\n").find("n’existe pas") != std::string::npos);
}

TEST_CASE("the figures are served at an address of their own when the file gives one") {
  CHECK(load("")->metrics.address.empty());
  CHECK(load("[metrics]\nlisten = \"\"\n")->metrics.address.empty());
  const auto config = load("[metrics]\nlisten = \"127.0.0.1:9100\"\n");
  REQUIRE(config);
  CHECK(config->metrics.address == "127.0.0.1");
  CHECK(config->metrics.port == 9100);
  CHECK(load("[metrics]\nlisten = \"[2001:db8::1]:9100\"\n")->metrics.address == "2001:db8::1");
  for (const char* listen : {"9100", "127.0.0.1", ":9100", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:70000", "127.0.0.1:9100x",
                             "prometheus:9100", "::1:9100", "[127.0.0.1]:9100"}) {
    CAPTURE(listen);
    CHECK(
        fault("[metrics]\nlisten = \"" + std::string(listen) + "\"\n") ==
        "beffroi.toml, ligne 2\u00a0: «\u00a0listen\u00a0»\u00a0: une adresse IP et un port étaient attendus, comme \"127.0.0.1:9100\" ou \"[::1]:9100\".");
  }
  CHECK(fault("[metrics]\nlisten = \"127.0.0.1:9000\"\n[server]\nport = 9000\n").find("un autre port que celui de [server]") !=
        std::string::npos);
  CHECK(fault("[metrics]\nlisten = 9100\n").find("un texte entre guillemets") != std::string::npos);
}

TEST_CASE("a fault names the file, the line and what was expected") {
  CHECK(fault("[server]\nport = \"huit\"\n") ==
        "beffroi.toml, ligne 2\u00a0: «\u00a0port\u00a0»\u00a0: un nombre entier de 1 à 65535 était attendu.");
  CHECK(fault("[server]\nport = 70000\n").find("ligne 2") != std::string::npos);
  CHECK(fault("[server]\nproxies = [\"nginx\"]\n").find("des adresses IP") != std::string::npos);
  CHECK(fault("[people]\nsession_hours = 0\n").find("ligne 2") != std::string::npos);
  CHECK(fault("[server]\nprot = 80\n").find("«\u00a0prot\u00a0» n’existe pas") != std::string::npos);
  CHECK(fault("\n[serveur]\n").find("ligne 2") != std::string::npos);
  CHECK(fault("[commune]\nid = \"../autre\"\n").find("ligne 2") != std::string::npos);
  CHECK(fault("[base]\nurls = [1]\n").find("une liste de textes") != std::string::npos);
  CHECK(fault("[server\nport=1").find("TOML valide") != std::string::npos);
}

TEST_CASE("a configuration file named and absent is an error, never a silent default") {
  const auto config = app::load_config("/nowhere/beffroi.toml");
  REQUIRE_FALSE(config);
  CHECK(config.error().code == Code::not_found);
}

TEST_CASE("the administrator's models join the catalogue, and a model served elsewhere is described") {
  const std::string hash(64, 'a');
  const std::string model =
      "[[models]]\nid = \"mistral-7b\"\nurl = \"https://exemple.fr/m.gguf\"\nsize = 4000000000\nlicence = \"Apache-2.0\"\n";
  const auto config =
      load(model + "sha256 = \"" + hash + "\"\n[upstream]\nurl = \"http://10.0.0.4:8000/v1\"\nmodel = \"m\"\ntrusted_local = true\n");
  REQUIRE(config);
  REQUIRE(config->models.size() == 2);
  CHECK(config->models[1].id == "mistral-7b");
  CHECK(config->models[1].size_bytes == 4'000'000'000);
  CHECK(config->upstream.trusted_local);
  CHECK(
      fault(model) ==
      "beffroi.toml, ligne 1\u00a0: Le modèle «\u00a0mistral-7b\u00a0» est mal décrit\u00a0: son empreinte (sha256) s’écrit en 64 chiffres hexadécimaux minuscules.");
  CHECK(fault("[[models]]\nid = \"m\"\nsise = 4\n").find("ligne 3") != std::string::npos);
  CHECK(fault("[models]\nid = \"m\"\n").find("section répétée") != std::string::npos);
  CHECK_FALSE(config->privacy.upstream_refuses);
  CHECK(load("[privacy]\nupstream = \"refuse\"\n")->privacy.upstream_refuses);
  CHECK(fault("[privacy]\nupstream = \"allow\"\n").find("\"mask\" ou \"refuse\"") != std::string::npos);
  CHECK(fault("[upstream]\nkey = \"secrète\"\n").find("«\u00a0key\u00a0» n’existe pas") != std::string::npos);
}

TEST_CASE("[oidc] is read with its table of roles, the configured commune being that of lines that name none") {
  const auto config = load(
      "[commune]\nid = \"saint-jean\"\n"
      "[oidc]\nissuer = \"https://connexion.exemple.fr/realms/agents\"\nclient_id = \"beffroi\"\nclient_secret_file = \"/etc/s\"\n"
      "groups_claim = \"realm_access.roles\"\nlabel = \"Avec le compte de l’agglomération\"\n"
      "[[oidc.roles]]\ngroup = \"/agents\"\nrole = \"agent\"\nservice = \"rh\"\n"
      "[[oidc.roles]]\ngroup = \"chefs\"\nrole = \"commune_administrator\"\ncommune = \"saint-paul\"\n");
  REQUIRE(config);
  const auto& oidc = config->oidc.settings;
  CHECK(oidc.issuer == "https://connexion.exemple.fr/realms/agents");
  CHECK(oidc.scopes == "openid profile email");
  CHECK(config->oidc.client_secret_file == "/etc/s");
  REQUIRE(oidc.roles.size() == 2);
  CHECK(oidc.roles[0].commune == "saint-jean");
  CHECK(oidc.roles[0].membership.role == people::Role::agent);
  CHECK(oidc.roles[0].membership.service == "rh");
  CHECK(oidc.roles[1].commune == "saint-paul");
  CHECK(load("")->oidc.settings.issuer.empty());
}

TEST_CASE("[oidc]: an address in clear, a role or a commune that do not exist, a key misspelt are told with their line") {
  const std::string good = "[oidc]\nissuer = \"https://idp.exemple.fr\"\nclient_id = \"b\"\n";
  CHECK(load(good));
  CHECK(load("[oidc]\nissuer = \"http://10.0.0.4\"\nclient_id = \"b\"\ntrusted_local = true\n"));
  for (const char* issuer :
       {"http://10.0.0.4", "http://127.0.0.1", "idp.exemple.fr", "https://moi:secret@idp.exemple.fr", "https://idp.exemple.fr/?a=b"}) {
    CAPTURE(issuer);
    CHECK(fault("[oidc]\nissuer = \"" + std::string(issuer) + "\"\nclient_id = \"b\"\n").find("ligne 2") != std::string::npos);
  }
  CHECK(fault("[oidc]\nissuer = \"https://idp.exemple.fr\"\n").find("«\u00a0client_id\u00a0»") != std::string::npos);
  CHECK(fault(good + "client_secret = \"s\"\n").find("n’existe pas") != std::string::npos);
  CHECK(fault(good + "scopes = \"profile\"\n").find("«\u00a0openid\u00a0»") != std::string::npos);
  CHECK(fault(good + "roles = 3\n").find("répétée") != std::string::npos);
  for (const char* line : {"role = \"agent\"", "group = \"a\"", "group = \"a\"\nrole = \"chef\"", "group = \"a\"\nrole = \"citizen\"",
                           "group = \" a\"\nrole = \"agent\"", "group = \"a\"\nrole = \"agent\"\nservice = \"R H\"",
                           "group = \"a\"\nrole = \"agent\"\ncommune = \"..\"", "group = \"a\"\nrole = \"agent\"\nservices = \"rh\""}) {
    CAPTURE(line);
    CHECK(fault(good + "[[oidc.roles]]\n" + line + "\n").find("ligne ") != std::string::npos);
  }
}
