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
