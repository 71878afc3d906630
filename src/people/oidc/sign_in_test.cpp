// The whole journey, with a provider on this machine that says what it is told to.
#include "people/oidc/sign_in.h"

#include <doctest/doctest.h>

#include "db/testing.h"
#include "people/account.h"
#include "people/group.h"
#include "people/oidc/roles.h"
#include "people/oidc/tables.h"
#include "people/oidc/testing/fake_provider.h"
#include "people/tables.h"
#include "tenants/directory.h"
#include "tenants/testing/ground.h"

using namespace beffroi;
using namespace beffroi::people;
using people::oidc::ProviderSignIn;
using people::oidc::Returned;
using people::oidc::testing::Claims;
using people::oidc::testing::FakeProvider;

namespace {

constexpr const char* kBack = "http://127.0.0.1:8080/connexion/oidc/retour";

std::vector<db::Migration> tables() {
  std::vector<db::Migration> all(people_migrations().begin(), people_migrations().end());
  const auto more = oidc::oidc_migrations();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::shared_ptr<SignIn> light_sign_in(const std::int64_t& now_ms) {
  return std::make_shared<SignIn>(SignIn::Parts{[&now_ms] { return now_ms; }, [] { return 1'000; }, {}, {}, {1 << 20, 1}});
}

// A commune whose provider's agents are agents.
struct Hall {
  tenants::testing::StorageGround ground;
  FakeProvider provider;
  std::int64_t now_ms = provider.now_s * 1000;
  std::int64_t steady_ms = 1'000'000;
  std::shared_ptr<tenants::Directory> directory = open();
  tenants::Tenant tenant = *directory->tenant("saint-jean");
  tenants::Tenant neighbour = *directory->tenant("saint-paul");
  std::shared_ptr<SignIn> sign_in = light_sign_in(now_ms);
  ProviderSignIn desk;

  using Arrange = std::function<void(FakeProvider&, oidc::Settings&)>;
  explicit Hall(db::Engine engine = db::Engine::sqlite, const Arrange& arrange = {})
      : ground(engine),
        desk(settings_of(arrange), {[this] { return now_ms; }, [this] { return steady_ms; }}, sign_in,
             *crypto::Sealer::open(ground.folder() / "secret.key")) {}
  explicit Hall(const Arrange& arrange) : Hall(db::Engine::sqlite, arrange) {}

  [[nodiscard]] std::shared_ptr<tenants::Directory> open() const {
    tenants::Opening opening;
    opening.storage = ground.storage();
    opening.tables = tables();
    opening.commune = {"saint-jean", true, {"Mairie de Saint-Jean", {}, {}, {}, {}}};
    auto opened = *tenants::Directory::open(std::move(opening));
    REQUIRE(opened->add({"saint-paul", tenants::Kind::commune, "Mairie de Saint-Paul", ""}));
    return opened;
  }

  oidc::Settings settings_of(const Arrange& arrange) {
    oidc::Settings settings = provider.settings();
    settings.roles = {{"agents", "saint-jean", {Role::agent}},
                      {"chefs", "saint-jean", {Role::commune_administrator}},
                      {"agents", "saint-paul", {Role::dpo}}};
    if (arrange) arrange(provider, settings);
    return settings;
  }

  ProviderSignIn::Departure leave(const std::string& next = "/cantines") { return *desk.leave(tenant, kBack, next, {}); }
  auto arrive(const Returned& returned, const std::string& cookie) { return desk.arrive(tenant, {returned, cookie, "Firefox, Linux"}, {}); }
  // The person goes there and comes back.
  auto journey() {
    const auto departure = leave();
    return arrive(provider.approve(departure.address), departure.cookie);
  }
  auto visitor(const Opened& opened) { return *find_session(tenant, opened.secret, now_ms); }
  bool opens(const Opened& opened) { return visitor(opened).has_value(); }
};

Code code_of(const auto& result) { return result ? Code::internal : result.error().code; }
bool has(const std::string& text, std::string_view piece) { return text.find(piece) != std::string::npos; }

}  // namespace

TEST_CASE("who the provider knows enters, with the roles of its groups in this commune, and comes back where they wanted") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    Hall hall(engine);
    const auto departure = hall.leave();
    const Returned returned = hall.provider.approve(departure.address);
    const auto& asked = hall.provider.asked();
    CHECK(asked.value("response_type") == "code");
    CHECK(asked.value("client_id") == "beffroi");
    CHECK(asked.value("redirect_uri") == kBack);
    CHECK(asked.value("scope") == "openid profile email");
    CHECK(asked.value("code_challenge_method") == "S256");
    CHECK(asked.value("code_challenge").size() == 43);
    CHECK(asked.value("nonce") != asked.value("state"));
    CHECK_FALSE(has(departure.address, "s3cret"));
    CHECK_FALSE(has(departure.cookie, std::string(asked.value("state"))));

    const auto arrival = hall.arrive(returned, departure.cookie);
    REQUIRE(arrival);
    CHECK(arrival->next == "/cantines");
    CHECK(hall.provider.last_authorization == "Basic YmVmZnJvaTpzM2NyZXQ=");
    const auto person = hall.visitor(arrival->opened);
    REQUIRE(person);
    CHECK(person->name == "Camille Martin");
    CHECK(person->session.method == "oidc");
    REQUIRE(person->memberships.size() == 1);
    CHECK(person->memberships[0].role == Role::agent);
    CHECK(account_named(hall.tenant, "camille.martin@mairie.fr")->id == arrival->opened.account);

    // The second time it is the same account, and the provider is described once.
    const auto again = hall.journey();
    REQUIRE(again);
    CHECK(again->opened.account == arrival->opened.account);
    CHECK(hall.provider.keys_asked == 1);
  }
}

TEST_CASE("a state serves once, in the browser that left, for ten minutes, in its commune") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    Hall hall(engine);
    auto departure = hall.leave();
    auto returned = hall.provider.approve(departure.address);
    const auto other = hall.leave();
    CHECK(code_of(hall.arrive(returned, "")) == Code::unauthenticated);
    CHECK(code_of(hall.arrive(returned, other.cookie)) == Code::unauthenticated);
    CHECK(code_of(hall.arrive(returned, departure.cookie + "A")) == Code::unauthenticated);
    CHECK(code_of(hall.arrive({returned.code, ""}, departure.cookie)) == Code::unauthenticated);
    CHECK(code_of(hall.desk.arrive(hall.neighbour, {returned, departure.cookie, ""}, {})) == Code::unauthenticated);
    CHECK(hall.provider.tokens_asked == 0);  // nothing of that reached the provider
    REQUIRE(hall.arrive(returned, departure.cookie));
    const auto replayed = hall.arrive(returned, departure.cookie);
    CHECK(code_of(replayed) == Code::unauthenticated);
    CHECK(has(replayed.error().message, "a déjà servi"));
    CHECK(hall.provider.tokens_asked == 1);

    departure = hall.leave();
    returned = hall.provider.approve(departure.address);
    hall.now_ms += oidc::kRoundMs - 1;
    hall.provider.now_s = hall.now_ms / 1000;
    REQUIRE(hall.arrive(returned, departure.cookie));
    departure = hall.leave();
    returned = hall.provider.approve(departure.address);
    hall.now_ms += oidc::kRoundMs;
    CHECK(code_of(hall.arrive(returned, departure.cookie)) == Code::unauthenticated);
    hall.now_ms -= 2 * oidc::kRoundMs;  // the clock was moved back
    CHECK(code_of(hall.arrive(returned, departure.cookie)) == Code::unauthenticated);
  }
}

TEST_CASE("a code that was changed, or taken from another round, opens nothing") {
  Hall hall;
  const auto departure = hall.leave();
  Returned returned = hall.provider.approve(departure.address);
  returned.code += "x";
  CHECK(code_of(hall.arrive(returned, departure.cookie)) == Code::unauthenticated);

  const auto mine = hall.leave();
  const auto theirs = hall.leave();
  const Returned of_mine = hall.provider.approve(mine.address);
  const Returned of_theirs = hall.provider.approve(theirs.address);
  CHECK(code_of(hall.arrive({of_theirs.code, of_mine.state}, mine.cookie)) == Code::unauthenticated);  // PKCE
}

TEST_CASE("proofs for others, of others, of other times are refused") {
  for (const Claims& wrong : std::initializer_list<Claims>{{{"aud", "\"autre\""}},
                                                           {{"iss", "\"https://idp.exemple.fr\""}},
                                                           {{"nonce", "\"autre\""}},
                                                           {{"exp", "1794999000"}},
                                                           {{"iat", "1795009000"}},
                                                           {{"at_hash", "\"autre\""}},
                                                           {{"sub", ""}}}) {
    CAPTURE(oidc::testing::json_of(wrong));
    Hall hall;
    hall.provider.changes = wrong;
    CHECK(code_of(hall.journey()) == Code::unauthenticated);
    CHECK(accounts(hall.tenant)->empty());
  }
}

TEST_CASE("the provider changes its keys while we run; a key that nobody knows does not make us ask without end") {
  Hall hall;
  REQUIRE(hall.journey());
  hall.provider.signer = FakeProvider::key("k2");
  hall.provider.published = R"({"keys":[)" + FakeProvider::key("k1")->public_key() + "," + FakeProvider::key("k2")->public_key() + "]}";
  REQUIRE(hall.journey());
  CHECK(hall.provider.keys_asked == 2);
  hall.provider.signer = FakeProvider::key("k3");  // not published
  for (int i = 0; i < 3; ++i) CHECK(code_of(hall.journey()) == Code::unauthenticated);
  CHECK(hall.provider.keys_asked == 2);
  hall.steady_ms += 30'000;
  CHECK(code_of(hall.journey()) == Code::unauthenticated);
  CHECK(hall.provider.keys_asked == 3);
  hall.provider.signer = FakeProvider::key("k1");
  hall.provider.published = FakeProvider::key("k2")->key_set();  // k1 is withdrawn: known no more within the hour
  hall.steady_ms += 3'600'000;
  CHECK(code_of(hall.journey()) == Code::unauthenticated);
}

TEST_CASE("without a group that gives a role here, nobody new enters; a group taken away takes its role away") {
  Hall hall;
  hall.provider.claims["groups"] = R"(["tous","Agents","agents "])";
  const auto refused = hall.journey();
  CHECK(code_of(refused) == Code::denied);
  CHECK(has(refused.error().message, "«\u00a042\u00a0»"));
  CHECK(accounts(hall.tenant)->empty());

  hall.provider.claims["groups"] = R"(["agents","chefs"])";
  CHECK(hall.visitor(hall.journey()->opened)->memberships.size() == 2);
  hall.provider.claims["groups"] = R"(["agents"])";
  CHECK(hall.visitor(hall.journey()->opened)->memberships.size() == 1);
  hall.provider.claims.erase("groups");
  CHECK(hall.visitor(hall.journey()->opened)->memberships.empty());
}

TEST_CASE("the table of the configuration is the commune's own, and what leaves it gives nothing any more") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    Hall hall(engine);
    const std::vector<oidc::ClaimedRole> roles = {{"agents", "saint-jean", {Role::agent}},
                                                  {"agents", "saint-jean", {Role::reader, "rh"}},
                                                  {"chefs", "saint-paul", {Role::commune_administrator}}};
    const auto own = add_group(hall.tenant, {"", "Nos valideurs", "agents", {{Role::validator}}, {}});
    REQUIRE(own);
    for (int i = 0; i < 2; ++i) REQUIRE(oidc::apply_roles(hall.tenant, roles));
    auto all = *groups(hall.tenant);
    REQUIRE(all.size() == 2);
    CHECK(oidc::gives_a_role(hall.tenant, std::vector<std::string>{"agents"}).value());
    CHECK_FALSE(oidc::gives_a_role(hall.tenant, std::vector<std::string>{"chefs", ""}).value());
    const auto arrival = hall.journey();  // of the table of the test, where agents are agents
    CHECK(hall.visitor(arrival->opened)->memberships.size() == 2);
    REQUIRE(oidc::apply_roles(hall.tenant, {}));
    const auto left = hall.visitor(arrival->opened)->memberships;
    REQUIRE(left.size() == 1);
    CHECK(left[0].role == Role::validator);
  }
}

TEST_CASE("an account of the commune is not taken over by who bears its name; linked by an administrator, it enters") {
  Hall hall;
  const auto account = add_account(hall.tenant, {"camille.martin@mairie.fr", "Camille"}, hall.now_ms);
  REQUIRE(account);
  CHECK(code_of(hall.journey()) == Code::conflict);
  REQUIRE(link_identity(hall.tenant, account->id, hall.provider.issuer(), "42"));
  hall.provider.claims.erase("groups");  // no role by a group: those given by name are enough
  CHECK(hall.journey()->opened.account == account->id);
  REQUIRE(set_disabled(hall.tenant, account->id, true));
  CHECK(code_of(hall.journey()) == Code::denied);
}

TEST_CASE("the provider refuses, errs, is not configured as it says, or is gone: one sentence each") {
  Hall hall;
  const auto departure = hall.leave();
  Returned given_up{"", hall.provider.approve(departure.address).state};
  given_up.error = "access_denied";
  CHECK(code_of(hall.arrive(given_up, departure.cookie)) == Code::denied);
  const auto second = hall.leave();
  Returned from_another = hall.provider.approve(second.address);
  from_another.issuer = "https://idp.exemple.fr";
  CHECK(code_of(hall.arrive(from_another, second.cookie)) == Code::unauthenticated);
  for (const auto& [word, code] : std::map<std::string, Code>{{"invalid_grant", Code::unauthenticated},
                                                              {"invalid_client", Code::unavailable},
                                                              {"server_error", Code::unavailable},
                                                              {"<b>Camille</b>", Code::unavailable}}) {
    CAPTURE(word);
    hall.provider.refusal = word;
    const auto refused = hall.journey();
    CHECK(code_of(refused) == code);
    CHECK_FALSE(has(refused.error().detail, "Camille"));
  }
  hall.provider.refusal.clear();
  const auto last = hall.leave();
  const Returned returned = hall.provider.approve(last.address);
  hall.provider.stop();
  CHECK(code_of(hall.arrive(returned, last.cookie)) == Code::unavailable);
}

TEST_CASE("another provider under the same address is not used") {
  Hall hall([](FakeProvider& provider, oidc::Settings&) { provider.description_changes["issuer"] = "\"https://idp.exemple.fr\""; });
  const auto refused = hall.desk.leave(hall.tenant, kBack, "/", {});
  CHECK(code_of(refused) == Code::unavailable);
  Hall untrusted([](FakeProvider&, oidc::Settings& settings) { settings.trusted_local = false; });
  CHECK(code_of(untrusted.desk.leave(untrusted.tenant, kBack, "/", {})) == Code::unavailable);
}

TEST_CASE("a public client proves itself by PKCE alone; a secret goes in the form where the provider wants it there") {
  Hall open([](FakeProvider&, oidc::Settings& settings) { settings.client_secret.clear(); });
  REQUIRE(open.journey());
  CHECK(open.provider.last_authorization.empty());
  Hall posted([](FakeProvider& provider, oidc::Settings&) {
    provider.description_changes["token_endpoint_auth_methods_supported"] = R"(["client_secret_post"])";
  });
  REQUIRE(posted.journey());
  CHECK(posted.provider.last_authorization.empty());
}

TEST_CASE("signing out ends the session here whatever happens there") {
  Hall hall;
  const auto arrival = hall.journey();
  const ProviderSignIn::Ending ending{hall.tenant, arrival->opened.account, arrival->opened.session, "http://127.0.0.1:8080/"};
  const auto address = hall.desk.sign_out(ending, {});
  REQUIRE(address);
  REQUIRE(address->has_value());
  CHECK((*address)->starts_with(hall.provider.issuer() + "/end?x=1&id_token_hint=ey"));
  CHECK(has(**address, "&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2F"));
  CHECK_FALSE(hall.opens(arrival->opened));

  const auto second = hall.journey();
  hall.provider.stop();
  hall.steady_ms += 3'600'000;
  const auto alone = hall.desk.sign_out({hall.tenant, second->opened.account, second->opened.session, "http://127.0.0.1:8080/"}, {});
  REQUIRE(alone);
  CHECK(**alone == "");
  CHECK_FALSE(hall.opens(second->opened));

  // A session opened by a password is none of the provider's business.
  const auto by_password = open_session(hall.tenant, {second->opened.account, "password"}, hall.now_ms);
  CHECK_FALSE(hall.desk.sign_out({hall.tenant, second->opened.account, by_password->session.id, ""}, {})->has_value());
}

TEST_CASE("signed out at the provider, the sessions that it opened end here, once for each word of it") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    Hall hall(engine);
    const auto first = hall.journey();
    hall.provider.claims["sid"] = "\"s-2\"";
    const auto second = hall.journey();
    const auto by_password = open_session(hall.tenant, {first->opened.account, "password"}, hall.now_ms);

    const Claims claims = {{"groups", ""},
                           {"email", ""},
                           {"name", ""},
                           {"nonce", ""},
                           {"jti", "\"j-1\""},
                           {"sid", "\"s-1\""},
                           {"events", R"({"http://schemas.openid.net/event/backchannel-logout":{}})"}};
    hall.provider.changes = claims;
    const std::string token = hall.provider.token();
    REQUIRE(hall.desk.signed_out(hall.tenant, token, {}));
    CHECK_FALSE(hall.opens(first->opened));
    CHECK(hall.opens(second->opened));
    CHECK(code_of(hall.desk.signed_out(hall.tenant, token, {})) == Code::unauthenticated);

    hall.provider.changes["sid"] = "";
    hall.provider.changes["jti"] = "\"j-2\"";
    hall.provider.changes["sub"] = "\"43\"";  // another person
    REQUIRE(hall.desk.signed_out(hall.tenant, hall.provider.token(), {}));
    CHECK(hall.opens(second->opened));
    hall.provider.changes["jti"] = "\"j-3\"";
    hall.provider.changes["sub"] = "\"42\"";
    REQUIRE(hall.desk.signed_out(hall.tenant, hall.provider.token(), {}));
    CHECK_FALSE(hall.opens(second->opened));
    CHECK(find_session(hall.tenant, by_password->secret, hall.now_ms)->has_value());

    hall.provider.signer = FakeProvider::key("k4");
    hall.provider.changes["jti"] = "\"j-4\"";
    CHECK(code_of(hall.desk.signed_out(hall.tenant, hall.provider.token(), {})) == Code::unauthenticated);
    CHECK(code_of(hall.desk.signed_out(hall.tenant, "", {})) == Code::unauthenticated);
  }
}

TEST_CASE("what is kept of a session goes with it") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    Hall hall(engine);
    const auto arrival = hall.journey();
    REQUIRE(erase_account(hall.tenant, arrival->opened.account));
    auto database = hall.tenant.connect();
    auto rows = database->prepare("SELECT count(*) FROM people_oidc_session");
    REQUIRE(rows->step().value());
    CHECK(rows->number(0) == 0);
  }
}
