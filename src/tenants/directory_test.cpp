#include "tenants/directory.h"

#include <doctest/doctest.h>

#include "base/testing.h"
#include "tenants/grants.h"
#include "tenants/settings.h"
#include "tenants/testing/commune.h"
#include "tenants/testing/ground.h"

using namespace beffroi;
using beffroi::testing::TemporaryFolder;
using tenants::Kind;
using tenants::State;

namespace {

std::vector<db::Migration> tables() {
  std::vector<db::Migration> all = {{1, "CREATE TABLE note (text TEXT NOT NULL) STRICT"}};
  const auto own = tenants::settings_migrations();
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

std::shared_ptr<tenants::Directory> opened(const tenants::Storage& storage, const std::string& commune = "demo", bool stated = false) {
  tenants::Opening opening;
  opening.storage = storage;
  opening.tables = tables();
  opening.commune = {commune, stated, {"Mairie de " + commune, "03 00 00 00 00", {}, {}, {}}};
  opening.counted.answers = "SELECT count(*) FROM note";
  auto directory = tenants::Directory::open(std::move(opening));
  REQUIRE(directory);
  return *directory;
}

// syndicate « flandre » with lille and lens; arras alone.
std::shared_ptr<tenants::Directory> region(const tenants::Storage& home) {
  auto directory = opened(home);
  REQUIRE(directory->add({"flandre", Kind::syndicate, "Syndicat de Flandre", ""}));
  REQUIRE(directory->add({"lille", Kind::commune, "Mairie de Lille", "flandre"}));
  REQUIRE(directory->add({"lens", Kind::commune, "Mairie de Lens", "flandre"}));
  REQUIRE(directory->add({"arras", Kind::commune, "Mairie d’Arras", ""}));
  return directory;
}

template <class Test>
void on_each_engine(const Test& test) {
  for (const db::Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const tenants::testing::StorageGround ground(engine);
    test(ground.storage());
  }
}

void note(const tenants::Tenant& tenant, const std::string& text) {
  REQUIRE(tenant.connect()->execute("INSERT INTO note (text) VALUES ('" + text + "')"));
}

}  // namespace

TEST_CASE("a new installation serves the configured commune, and the national base is open to it") {
  on_each_engine([](const tenants::Storage& home) {
    const auto directory = opened(home);
    const auto nodes = directory->list().value();
    REQUIRE(nodes.size() == 1);
    CHECK(nodes[0].id == "demo");
    CHECK(nodes[0].name == "Mairie de demo");
    const auto tenant = directory->by_host("anything.example:8080");
    REQUIRE(tenant);
    CHECK(tenant->id() == "demo");
    CHECK(directory->may_read(*tenant, "vosdroits").value());
    CHECK_FALSE(directory->may_read(*tenant, "modeles").value());
  });
}

TEST_CASE("the data of a commune made by the former program are taken up") {
  TemporaryFolder home;
  std::filesystem::create_directories(home.path() / "communes" / "demo");
  {
    auto former = db::Database::open(home.path() / "communes" / "demo" / "commune.sqlite");
    REQUIRE(former);
    REQUIRE(former->execute("CREATE TABLE note (text TEXT NOT NULL) STRICT; INSERT INTO note VALUES ('gardé'); PRAGMA user_version=1"));
  }
  auto database = opened({home.path(), {}})->tenant("demo")->connect();
  auto row = database->prepare("SELECT text FROM note");
  REQUIRE(row->step().value());
  CHECK(row->text(0) == "gardé");
  CHECK(database->version().value() == 71);
}

TEST_CASE("opened again, the tree stays; a commune stated in beffroi.toml is added, the default is not") {
  on_each_engine([](const tenants::Storage& home) {
    opened(home, "saint-jean", true);
    CHECK(opened(home, "demo")->list()->size() == 1);
    CHECK(opened(home, "demo")->by_host("x.fr")->id() == "saint-jean");
    CHECK(opened(home, "saint-paul", true)->list()->size() == 2);
    CHECK(opened(home, "saint-paul")->by_host("x.fr")->id() == "saint-paul");
    const auto neither = opened(home, "demo")->by_host("x.fr");
    REQUIRE_FALSE(neither);
    CHECK(neither.error().code == Code::not_found);
  });
}

TEST_CASE("the name follows beffroi.toml until somebody renames the commune") {
  on_each_engine([](const tenants::Storage& home) {
    opened(home);
    const auto again = [&](const std::string& name) {
      tenants::Opening opening{home, tables(), {"demo", true, {name, {}, {}, {}, {}}}, {}};
      return (*tenants::Directory::open(std::move(opening)))->node("demo")->name;
    };
    CHECK(again("Mairie de Beffroi") == "Mairie de Beffroi");
    REQUIRE(opened(home)->rename("demo", "Ville de Beffroi"));
    CHECK(again("Mairie de Beffroi") == "Ville de Beffroi");
  });
}

TEST_CASE("unknown and suspended nodes give no key") {
  on_each_engine([](const tenants::Storage& home) {
    const auto directory = region(home);
    CHECK(directory->tenant("nulle-part").error().code == Code::not_found);
    CHECK(directory->tenant("").error().code == Code::not_found);
    CHECK(directory->tenant("../lille").error().code == Code::not_found);
    REQUIRE(directory->add_host("lille", "Lille.fr"));
    CHECK(directory->by_host("lille.fr:443")->id() == "lille");
    REQUIRE(directory->set_state("lille", State::suspended));
    CHECK(directory->tenant("lille").error().code == Code::denied);
    CHECK(directory->by_host("lille.fr").error().code == Code::denied);  // and not the default commune
    CHECK(directory->tenant("lens"));
    REQUIRE(directory->set_state("lille", State::active));
    CHECK(directory->tenant("lille"));
    CHECK(directory->set_state("nulle-part", State::suspended).error().code == Code::not_found);
  });
}

TEST_CASE("what another process changes holds at once") {
  on_each_engine([](const tenants::Storage& home) {
    const auto server = region(home);
    CHECK(server->tenant("lille"));
    REQUIRE(opened(home)->set_state("lille", State::suspended));
    CHECK(server->tenant("lille").error().code == Code::denied);
  });
}

TEST_CASE("a host name belongs to one node") {
  on_each_engine([](const tenants::Storage& home) {
    const auto directory = region(home);
    REQUIRE(directory->add_host("lille", "ville.fr"));
    CHECK(directory->add_host("lens", "VILLE.fr.").error().code == Code::conflict);
    CHECK(directory->add_host("lens", "a/b").error().code == Code::invalid_argument);
    CHECK(directory->add_host("nulle-part", "b.fr").error().code == Code::not_found);
    CHECK(directory->remove_host("lens", "ville.fr").error().code == Code::not_found);
    CHECK(directory->node("lille")->hosts == std::vector<std::string>{"ville.fr"});
    REQUIRE(directory->remove_host("lille", "ville.fr"));
    CHECK(directory->by_host("ville.fr")->id() == "demo");
  });
}

TEST_CASE("the tree has two levels and ids are taken once") {
  on_each_engine([](const tenants::Storage& home) {
    const auto directory = region(home);
    CHECK(directory->add({"lille", Kind::commune, "Autre", ""}).error().code == Code::conflict);
    CHECK(directory->add({"x", Kind::commune, "X", "lille"}).error().code == Code::invalid_argument);
    CHECK(directory->add({"x", Kind::commune, "X", "nulle-part"}).error().code == Code::not_found);
    CHECK(directory->add({"x", Kind::syndicate, "X", "flandre"}).error().code == Code::invalid_argument);
    CHECK(directory->add({"X", Kind::commune, "X", ""}).error().code == Code::invalid_argument);
    CHECK(directory->add({std::string(41, 'a'), Kind::commune, "X", ""}).error().code == Code::invalid_argument);
    CHECK(directory->list()->size() == 5);
    CHECK(directory->list()->front().id == "flandre");
  });
}

TEST_CASE("a syndicate sees which communes it has, their numbers, and nothing of the others") {
  on_each_engine([](const tenants::Storage& home) {
    const auto directory = region(home);
    const auto flandre = directory->tenant("flandre");
    const auto lille = directory->tenant("lille");
    note(*lille, "secret");
    const auto communes = directory->communes_of(*flandre).value();
    REQUIRE(communes.size() == 2);
    CHECK(communes[0].id == "lens");
    const auto counts = directory->counts(*flandre, "lille");
    REQUIRE(counts);
    CHECK(counts->answers == 1);
    CHECK(counts->people == 0);
    CHECK(counts->last_backup_ms == 0);
    CHECK(counts->database_bytes > 0);
    CHECK(counts->schema_version == 71);
    CHECK(directory->counts(*flandre, "arras").error().code == Code::not_found);
    CHECK(directory->counts(*lille, "lens").error().code == Code::not_found);
    CHECK(directory->communes_of(*lille)->empty());
  // An absent commune and another's are told apart by nobody.
    CHECK(directory->counts(*flandre, "arras").error().message.find("arras") != std::string::npos);
    REQUIRE(directory->keep_backup({"/sauvegardes/a.zip", 1'000, 10, "aa"}));
    CHECK(directory->counts("lille")->last_backup_ms == 1'000);
  });
}

TEST_CASE("a syndicate is let in only by a grant in force") {
  on_each_engine([](const tenants::Storage& home) {
    const auto directory = region(home);
    const auto flandre = directory->tenant("flandre").value();
    const auto lille = directory->tenant("lille").value();
    constexpr std::int64_t kNow = 1'800'000'000'000;
    CHECK(directory->granted(flandre, "lille", kNow).error().code == Code::denied);

    tenants::Grant wish;
    wish.to = "flandre";
    wish.text = "Relecture des réponses sur l’état civil, demandée par le conseil.";
    wish.created_by = "maire";
    wish.until_ms = kNow + 1'000;
    const auto given = tenants::give(lille, wish, kNow);
    REQUIRE(given);
    CHECK(directory->granted(flandre, "lille", kNow)->id() == "lille");
    CHECK(directory->granted(flandre, "lille", kNow + 999));
    CHECK(directory->granted(flandre, "lille", kNow + 1'000).error().code == Code::denied);  // expired
    CHECK(directory->granted(flandre, "lille", kNow - 1).error().code == Code::denied);      // a clock set back opens nothing
    CHECK(directory->granted(flandre, "lens", kNow).error().code == Code::denied);
    CHECK(directory->granted(flandre, "arras", kNow).error().code == Code::not_found);
    CHECK(directory->granted(lille, "lens", kNow).error().code == Code::not_found);

    REQUIRE(tenants::revoke(lille, given->id, "maire", kNow + 10));
    CHECK(directory->granted(flandre, "lille", kNow + 11).error().code == Code::denied);
    REQUIRE(tenants::revoke(lille, given->id, "autre", kNow + 20));
    const auto grants = tenants::grants_of(lille).value();
    REQUIRE(grants.size() == 1);
    CHECK(grants[0].revoked_at_ms == kNow + 10);
    CHECK(grants[0].revoked_by == "maire");
    CHECK(tenants::revoke(lille, 99, "maire", kNow).error().code == Code::not_found);
  });
}

TEST_CASE("a grant is written, signed, for its syndicate, and ends within a year") {
  on_each_engine([](const tenants::Storage& home) {
    const auto directory = region(home);
    const auto lille = directory->tenant("lille").value();
    const auto arras = directory->tenant("arras").value();
    constexpr std::int64_t kNow = 1'800'000'000'000;
    const auto refused = [&](const tenants::Tenant& by, auto change) {
      tenants::Grant wish;
      wish.to = "flandre";
      wish.text = "Essai";
      wish.created_by = "maire";
      wish.until_ms = kNow + 1'000;
      change(wish);
      const auto given = tenants::give(by, wish, kNow);
      return !given && given.error().code == Code::invalid_argument;
    };
    CHECK_FALSE(refused(lille, [](auto&) {}));
    CHECK(refused(lille, [](auto& wish) { wish.to = "lens"; }));
    CHECK(refused(arras, [](auto& wish) { wish.to = ""; }));
    CHECK(refused(arras, [](auto&) {}));
    CHECK(refused(lille, [](auto& wish) { wish.text = ""; }));
    CHECK(refused(lille, [](auto& wish) { wish.created_by = ""; }));
    CHECK(refused(lille, [](auto& wish) { wish.until_ms = kNow; }));
    CHECK(refused(lille, [](auto& wish) { wish.until_ms = kNow + tenants::kLongestGrantMs + 1; }));
  });
}

TEST_CASE("a corpus is visible where it was explicitly shared, and nowhere else") {
  on_each_engine([](const tenants::Storage& home) {
    const auto directory = region(home);
    const auto lille = directory->tenant("lille").value();
    const auto lens = directory->tenant("lens").value();
    const auto arras = directory->tenant("arras").value();
    REQUIRE(directory->share({"modeles", "flandre", "", 0}));
    REQUIRE(directory->share({"baremes", "flandre", "lens", 0}));
    CHECK(directory->may_read(lille, "modeles", "flandre").value());
    CHECK_FALSE(directory->may_read(lille, "baremes", "flandre").value());
    CHECK(directory->may_read(lens, "baremes", "flandre").value());
    CHECK_FALSE(directory->may_read(arras, "modeles", "flandre").value());
    CHECK_FALSE(directory->may_read(arras, "modeles").value());

    CHECK(directory->share({"modeles", "lille", "", 0}).error().code == Code::invalid_argument);
    CHECK(directory->share({"modeles", "flandre", "arras", 0}).error().code == Code::invalid_argument);
    CHECK(directory->share({"../x", "flandre", "", 0}).error().code == Code::invalid_argument);
    CHECK(directory->share({"modeles", "flandre", "nulle-part", 0}).error().code == Code::not_found);

  // The national base, taken back: nothing is left for a commune without a syndicate, and opening again does not bring it back.
    REQUIRE(directory->unshare({"vosdroits", "", "", 0}));
    CHECK(directory->visible_corpora(arras)->empty());
    CHECK(opened(home)->visible_corpora(arras)->empty());
    CHECK(directory->unshare({"vosdroits", "", "", 0}).error().code == Code::not_found);
    REQUIRE(directory->share({"vosdroits", "", "arras", 0}));
    CHECK(directory->may_read(arras, "vosdroits").value());
    CHECK_FALSE(directory->may_read(lille, "vosdroits").value());
  });
}

TEST_CASE("a setting is the node's own, else what its syndicate shares, else the default") {
  on_each_engine([](const tenants::Storage& home) {
    const auto directory = region(home);
    const auto flandre = directory->tenant("flandre").value();
    const auto lille = directory->tenant("lille").value();
    const auto arras = directory->tenant("arras").value();
    constexpr tenants::NumberSetting kDays = {"essai.days", 90, 1, 3650};
    constexpr tenants::FlagSetting kOpen = {"essai.open", false};
    CHECK(tenants::read(lille, kDays).value() == 90);
    REQUIRE(tenants::write(flandre, kDays, 30));
    CHECK(tenants::read(lille, kDays).value() == 90);  // not shared
    REQUIRE(tenants::write(flandre, kDays, 30, tenants::Reach::below));
    CHECK(tenants::read(lille, kDays).value() == 30);
    CHECK(tenants::read(arras, kDays).value() == 90);
    REQUIRE(tenants::write(lille, kDays, 10));
    CHECK(tenants::read(lille, kDays).value() == 10);
    REQUIRE(tenants::forget(lille, kDays.key));
    CHECK(tenants::read(lille, kDays).value() == 30);
    REQUIRE(tenants::write(lille, kOpen, true));
    CHECK(tenants::read(lille, kOpen).value());

    CHECK(tenants::write(lille, kDays, 0).error().code == Code::invalid_argument);
    CHECK(tenants::write(lille, kDays, 5, tenants::Reach::below).error().code == Code::invalid_argument);
    CHECK(tenants::write(lille, tenants::TextSetting{"essai.text", "", 3}, "long").error().code == Code::invalid_argument);
    REQUIRE(lille.connect()->execute("UPDATE tenants_setting SET value = 'peut-être'"));
    CHECK(tenants::read(lille, kOpen).error().code == Code::bad_input);  // never a silent default
  });
}

TEST_CASE("a town hall says what it decided, the configured one what beffroi.toml says") {
  on_each_engine([](const tenants::Storage& home) {
    const auto directory = region(home);
    const auto demo = directory->tenant("demo").value();
    const auto lille = directory->tenant("lille").value();
    CHECK(directory->town_hall(demo)->telephone == "03 00 00 00 00");
    CHECK(directory->town_hall(lille)->telephone.empty());
    CHECK(directory->town_hall(lille)->name == "Mairie de Lille");
    REQUIRE(tenants::write(lille, tenants::kTelephone, "03 20 00 00 00"));
    CHECK(directory->town_hall(lille)->telephone == "03 20 00 00 00");
  });
}

TEST_CASE("an installation written by a newer program is refused") {
  TemporaryFolder home;
  opened({home.path(), {}});
  REQUIRE(db::Database::open(home.path() / "installation.sqlite")
              ->migrate(std::vector<db::Migration>{{1, ""}, {9999, "CREATE TABLE later (id INTEGER) STRICT"}}));
  tenants::Opening opening{{home.path(), {}}, tables(), {"demo", true, {"Mairie", {}, {}, {}, {}}}, {}};
  const auto refused = tenants::Directory::open(std::move(opening));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::conflict);
}
