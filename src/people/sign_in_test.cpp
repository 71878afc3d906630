#include "people/sign_in.h"

#include <doctest/doctest.h>

#include <chrono>

#include "people/device.h"
#include "people/group.h"
#include "people/password_rules.h"
#include "people/testing/town.h"

using namespace beffroi;
using namespace beffroi::people;

namespace {
Code code_of(const auto& result) { return result ? Code::internal : result.error().code; }
}  // namespace

TEST_CASE("the right password opens a session, and everything else is refused with the same words") {
  Town town;
  const std::string camille = town.add("camille", {{Role::agent}}, true), gone = town.add("partie");
  REQUIRE(set_disabled(town.tenant, gone, true));
  REQUIRE(add_account(town.tenant, {"sans", "Sans mot de passe"}, town.now_ms));
  const auto opened = town.enter("Camille ");
  REQUIRE(opened);
  CHECK(opened->account == camille);
  CHECK(opened->must_change);
  CHECK(town.opens(opened->secret));

  const Error wrong = town.enter("camille", "autre chose").error();
  CHECK(wrong.code == Code::unauthenticated);
  for (const char* login : {"partie", "sans", "personne", "", "a b"}) {
    CAPTURE(login);
    const auto refused = town.enter(login);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == wrong.code);
    CHECK(refused.error().message == wrong.message);
    CHECK(refused.error().detail == wrong.detail);
  }
  CHECK(town.enter("sans", "").error().message == wrong.message);
}

TEST_CASE("tries are slowed down the same way whether the account exists or not") {
  Town town;
  town.add("camille");
  for (const char* login : {"camille", "personne"}) {
    for (int i = 0; i < 5; ++i) CHECK(code_of(town.enter(login, "faux", "203.0.113.9")) == Code::unauthenticated);
    CHECK(code_of(town.enter(login, "faux", "203.0.113.9", "0011223344556677.abc")) == Code::too_many);  // a made-up device does not help
  }
  CHECK(code_of(town.enter("camille", kTestPassword, "203.0.113.9")) == Code::too_many);
  CHECK(town.enter("camille", kTestPassword, "192.0.2.1"));
}

TEST_CASE("ten thousand tries, spread over accounts or over addresses, lock nobody out") {
  Town town;
  town.add("camille");
  int tried = 0;
  for (int i = 0; i < 5'000; ++i, town.steady_ms += 50) {
    tried += code_of(town.enter("login" + std::to_string(i), "faux", "203.0.113.9")) == Code::unauthenticated ? 1 : 0;
  }
  CHECK(tried < 50);
  for (int i = 0; i < 5'000; ++i) {
    const std::string client = "198.51." + std::to_string(i / 250) + "." + std::to_string(i % 250);
    CHECK(code_of(town.enter("camille", "faux", client)) == Code::unauthenticated);
  }
  CHECK(town.enter("camille"));
}

TEST_CASE("a device that no account made is a stranger, even for an account that does not exist") {
  CHECK(known_device("", new_device("")).empty());
  const std::string device = new_device("key");
  CHECK_FALSE(known_device("key", device).empty());
  CHECK(known_device("other", device).empty());
  CHECK(known_device("key", device.substr(0, 16)).empty());
  CHECK(known_device("key", "." + device).empty());
}

TEST_CASE("the owner comes in behind the attacker's own address, with a browser known before") {
  Town town;
  town.add("camille");
  const std::string device = town.enter("camille", kTestPassword, "203.0.113.9")->device;
  for (int i = 0; i < 200; ++i) (void)town.enter("camille", "faux", "203.0.113.9");
  CHECK(code_of(town.enter("camille", kTestPassword, "203.0.113.9")) == Code::too_many);
  CHECK(town.enter("camille", kTestPassword, "203.0.113.9", device));
}

TEST_CASE("one's own password: the present one is asked, the others are signed out, old browsers are strangers again") {
  Town town;
  const std::string camille = town.add("camille", {{Role::agent}}, true);
  const auto here = town.enter("camille").value(), elsewhere = town.enter("camille").value();
  const auto change = [&](std::string current, std::string next) {
    return town.sign_in.change_password(town.tenant, {camille, here.session, std::move(current), std::move(next), "192.0.2.1"});
  };
  CHECK(code_of(change("faux", "cinq ânes gris et un chat")) == Code::unauthenticated);
  CHECK(code_of(change(kTestPassword, "court")) == Code::invalid_argument);
  CHECK(code_of(change(kTestPassword, kTestPassword)) == Code::invalid_argument);
  REQUIRE(change(kTestPassword, "cinq ânes gris et un chat"));
  CHECK(town.opens(here.secret));
  CHECK_FALSE(town.opens(elsewhere.secret));
  CHECK_FALSE(account_of(town.tenant, camille)->must_change);
  CHECK(code_of(town.enter("camille")) == Code::unauthenticated);
  const auto again = town.enter("camille", "cinq ânes gris et un chat", "192.0.2.1", here.device).value();
  CHECK(again.device != here.device);
  CHECK_FALSE(again.must_change);
}

TEST_CASE("an open session does not let one try the present password by the thousand") {
  Town town;
  const std::string camille = town.add("camille");
  const auto here = town.enter("camille").value();
  int tried = 0;
  for (int i = 0; i < 100; ++i) {
    tried += code_of(town.sign_in.change_password(town.tenant, {camille, here.session, "faux", "peu importe", "192.0.2.1"})) ==
                     Code::unauthenticated
                 ? 1
                 : 0;
  }
  CHECK(tried == 5);
  CHECK(town.opens(here.secret));
}

TEST_CASE("a password kept with old parameters is hashed again when it is next given") {
  Town town;
  crypto::PasswordHasher former({}, {2 << 20, 1});
  NewAccount account{"camille", "Camille Martin", *former.hash(kTestPassword), false, {}};
  REQUIRE(add_account(town.tenant, account, town.now_ms));
  REQUIRE(town.enter("camille"));
  auto database = town.tenant.connect().value();
  auto row = database.prepare("SELECT password FROM people_account").value();
  REQUIRE(row.step().value());
  CHECK(row.text(0).find("m=1024,") != std::string_view::npos);
  CHECK(town.enter("camille"));
}

TEST_CASE("on the word of an identity provider: linked or new, in the groups it names, and never another's account") {
  Town town;
  REQUIRE(add_group(town.tenant, {"", "Agents", "agents", {{Role::agent}}}));
  ProvidedIdentity identity{"https://idp", "42", "camille@saint-jean.fr", "Camille Martin", {"agents"}};
  CHECK(code_of(town.sign_in.by_provider(town.tenant, identity, false)) == Code::denied);
  const auto opened = town.sign_in.by_provider(town.tenant, identity, true).value();
  CHECK(town.opens(opened.secret));
  CHECK(memberships_of(town.tenant, opened.account)->at(0).role == Role::agent);
  identity.groups = {};
  CHECK(town.sign_in.by_provider(town.tenant, identity, false)->account == opened.account);
  CHECK(memberships_of(town.tenant, opened.account)->empty());

  town.add("paul@saint-jean.fr");
  const ProvidedIdentity paul{"https://idp", "43", "Paul@saint-jean.fr", "Paul", {}};
  CHECK(code_of(town.sign_in.by_provider(town.tenant, paul, true)) == Code::conflict);
  CHECK(accounts(town.tenant)->size() == 2);
  REQUIRE(set_disabled(town.tenant, opened.account, true));
  CHECK(code_of(town.sign_in.by_provider(town.tenant, identity, true)) == Code::denied);
  CHECK(code_of(town.sign_in.change_password(town.tenant, {opened.account, opened.session, "", "cinq ânes gris", ""})) == Code::denied);
}

TEST_CASE("new passwords: long, not what is tried first, not one's name") {
  const auto good = [](std::string_view password) {
    return check_new_password(password, "c.martin@saint-jean.fr", "Camille Martin").has_value();
  };
  CHECK(good("trois chevaux bleus"));
  CHECK(good("été à l’école"));
  CHECK(good("k7wm-p3xa-9hqd"));
  for (const char* bad : {"", "court", "onze carac.", "MotDePasse-2026!", "123456789012", "aaaaaaaaaaaaaa", "azertyuiop12",
                          "Mairie 2026 !!", "je suis CamilleMartin", "cmartin-cmartin", "\xff\xfe une suite"}) {
    CAPTURE(bad);
    CHECK_FALSE(good(bad));
  }
  CHECK_FALSE(good(std::string(513, 'a') + "bcdefgh"));
  for (int i = 0; i < 100; ++i) CHECK(good(generated_password()));
  CHECK(generated_password().size() == 19);
}
