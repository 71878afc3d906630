#include "app/provider.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "app/installation.h"
#include "app/secret_file.h"
#include "base/files.h"
#include "base/testing.h"
#include "people/group.h"

using namespace beffroi;

namespace {

struct Ground {
  testing::TemporaryFolder folder;
  app::Config config;
  Ground() {
    config.home = folder.path() / "home";
    config.commune.id = "saint-jean";
    config.oidc.settings.issuer = "https://idp.exemple.fr";
    config.oidc.settings.client_id = "beffroi";
    config.oidc.settings.roles = {{"agents", "saint-jean", {people::Role::agent}}};
  }
  Status add(http::Router& router) const {
    const auto directory = app::open_directory(config);
    REQUIRE(directory);
    account::Services account;
    return app::add_provider(router, account, **directory, config);
  }
  [[nodiscard]] std::size_t groups() const {
    const auto directory = app::open_directory(config);
    return people::groups(*(*directory)->tenant("saint-jean"))->size();
  }
};

}  // namespace

TEST_CASE("the routes of the provider are there when one is configured, and only then") {
  Ground ground;
  http::Router router;
  REQUIRE(ground.add(router));
  CHECK(router.routes().size() == 3);
  CHECK(ground.groups() == 1);
  ground.config.oidc = {};
  http::Router none;
  REQUIRE(ground.add(none));
  CHECK(none.routes().empty());
  CHECK(ground.groups() == 0);  // what the configuration gave is taken back
}

TEST_CASE("a secret that others may read, or that is not there, stops the start; so does a role that cannot be given") {
  Ground ground;
  const auto secret = ground.folder.path() / "oidc.secret";
  ground.config.oidc.client_secret_file = secret;
  http::Router router;
  CHECK(ground.add(router).error().code == Code::not_found);
  REQUIRE(write_file_atomically(secret, "s3cret\n"));
  REQUIRE(::chmod(secret.c_str(), 0640) == 0);
  CHECK(ground.add(router).error().code == Code::denied);
  REQUIRE(::chmod(secret.c_str(), 0600) == 0);
  CHECK(app::read_secret_file(secret).value() == "s3cret");
  CHECK(ground.add(router));
  REQUIRE(write_file_atomically(secret, "\n"));
  REQUIRE(::chmod(secret.c_str(), 0600) == 0);
  CHECK(ground.add(router).error().code == Code::bad_input);
  ground.config.oidc.settings.roles = {{"chefs", "saint-jean", {people::Role::syndicate_administrator}}};
  const Status refused = ground.add(router);
  CHECK(refused.error().code == Code::invalid_argument);
  CHECK(refused.error().message.find("saint-jean") != std::string::npos);
}
