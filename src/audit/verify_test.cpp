#include "audit/verify.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include <array>
#include <string>
#include <vector>

#include "audit/export.h"
#include "audit/rows.h"
#include "audit/testing/ground.h"

using namespace beffroi;
using namespace beffroi::audit;
using audit::testing::Ground;
using audit::testing::purge_lines;

namespace {

constexpr std::int64_t kNoon = 1'764'244'800'000;

Entry answered_to(const std::string& account, const std::string& object) {
  Entry entry;
  entry.who.kind = Actor::person;
  entry.who.id = account;
  entry.object = object;
  entry.sources = {{"F1", "2020-01-01"}};
  return entry;
}

// A journal of `lines` lines, the first `purged` of them purged, that anyone may then tamper with: its guards are gone.
struct Tampered {
  explicit Tampered(int lines, int purged = 0) : ground(db::Engine::sqlite), tenant(ground.commune("saint-jean")) {
    write(lines);
    if (purged > 0) REQUIRE(purge_lines(tenant, kNoon + purged * 1000, kNoon + lines * 1000)->lines == purged);
    for (const char* guard : {"audit_line_keeps", "audit_line_stays", "audit_head_grows", "audit_head_stays"}) {
      run(std::string("DROP TRIGGER ") + guard);
    }
  }
  void write(int lines) const {
    auto database = tenant.connect();
    auto transaction = db::Transaction::begin(*database);
    for (int i = 0; i < lines; ++i) {
      const Entry entry = answered_to(fmt::format("a{}", i % 3), fmt::format("o{}", i));
      REQUIRE(append_within(*database, tenant.id(), entry, kNoon + i * 1000));
    }
    REQUIRE(transaction->commit());
  }
  void run(const std::string& sql) { REQUIRE(tenant.connect()->execute(sql)); }
  [[nodiscard]] std::int64_t fault_at() const { return verify(tenant)->fault_at; }

  Ground ground;
  tenants::Tenant tenant;
};

}  // namespace

TEST_CASE("an empty journal is whole, and so is one that nobody touched") {
  CHECK(verify(Tampered(0).tenant)->whole());
  CHECK(verify(Tampered(20).tenant)->whole());
  CHECK(verify(Tampered(20, 7).tenant)->whole());
}

TEST_CASE("a line removed, in the middle or at the end, or added, or moved, is found with its number") {
  {
    Tampered journal(10);
    journal.run("DELETE FROM audit_line WHERE number = 4");
    CHECK(journal.fault_at() == 4);
  }
  {
    Tampered journal(10);
    journal.run("DELETE FROM audit_line WHERE number > 8");
    CHECK(journal.fault_at() == 9);
  }
  {
    Tampered journal(10);
    journal.run("DELETE FROM audit_line; DELETE FROM audit_head");
    CHECK(verify(journal.tenant)->whole());  // nothing tells it from a new one, but a head noted elsewhere
    CHECK(verify(journal.tenant, Noted{10, std::string(64, 'b')})->fault_at == 1);
  }
  {
    Tampered journal(10);
    journal.run(
        "INSERT INTO audit_line SELECT 11, at_ms, who_kind, who, action, object, sources, model, model_sha256, passed, refused, "
        "outcome, hash FROM audit_line WHERE number = 10");
    CHECK(journal.fault_at() == 11);
  }
  {
    Tampered journal(10);
    journal.run(
        "UPDATE audit_line SET number = -1 WHERE number = 3; UPDATE audit_line SET number = 3 WHERE number = 5; "
        "UPDATE audit_line SET number = 5 WHERE number = -1");
    CHECK(journal.fault_at() == 3);
  }
  {
    Tampered journal(10);
    journal.run(
        "DELETE FROM audit_line WHERE number = 6; UPDATE audit_line SET number = number - 1 WHERE number = 7; "
        "UPDATE audit_line SET number = number - 1 WHERE number = 8");
    CHECK(journal.fault_at() == 6);
  }
}

TEST_CASE("a purge that nobody signed off is a removal") {
  {
    Tampered journal(10);
    journal.run("DELETE FROM audit_line WHERE number <= 3");
    CHECK(journal.fault_at() == 1);
  }
  {
    Tampered journal(10);
    journal.run("UPDATE audit_head SET purged = 3, purged_hash = (SELECT hash FROM audit_line WHERE number = 3)");
    journal.run("DELETE FROM audit_line WHERE number <= 3");
    CHECK(journal.fault_at() == 3);
  }
  {
    Tampered journal(10, 4);
    journal.run("UPDATE audit_head SET purged = 6, purged_hash = (SELECT hash FROM audit_line WHERE number = 6)");
    journal.run("DELETE FROM audit_line WHERE number <= 6");
    CHECK(journal.fault_at() == 6);
  }
}

TEST_CASE("a chain written again from a line on is told by a head noted before") {
  Tampered journal(6);
  const Head noted = verify(journal.tenant)->head;
  journal.run("DELETE FROM audit_line WHERE number > 4");
  const std::string fourth = latest_lines(journal.tenant, 1)->front().hash;
  journal.run("UPDATE audit_head SET lines = 4, hash = '" + fourth + "'");
  for (int i = 0; i < 3; ++i) REQUIRE(append(journal.tenant, answered_to("intruder", ""), kNoon));
  CHECK(verify(journal.tenant)->whole());
  CHECK(verify(journal.tenant, Noted{noted.lines, noted.hash})->fault_at == 6);

  CHECK(parse_noted(fmt::format("6:{}", noted.hash))->number == 6);
  for (const char* wrong : {"", "6", "6:", "x:ab", ":", "0:0000", "6 : abc"}) CHECK_FALSE(parse_noted(wrong));
}

TEST_CASE("any field of any line, changed in any way, is found at that line") {
  constexpr int kLines = 12, kPurged = 3, kLast = kLines + 1;  // and the line that signs off
  constexpr std::array kTexts = {"who_kind", "who", "action", "object", "sources", "model", "model_sha256", "outcome", "hash"};
  constexpr std::array kNumbers = {"at_ms", "passed", "refused"};
  const Tampered journal(kLines, kPurged);
  auto database = journal.tenant.connect();
  REQUIRE(database->execute("PRAGMA synchronous=OFF"));  // nothing here is worth waiting for the disk
  CHECK(rc::check("a changed field", [&] {
    const int number = *rc::gen::inRange(kPurged + 1, kLast + 1);
    const int field = *rc::gen::inRange(0, static_cast<int>(kTexts.size() + kNumbers.size()));
    const bool text = field < static_cast<int>(kTexts.size());
    const std::string_view column =
        text ? kTexts.at(static_cast<std::size_t>(field)) : kNumbers.at(static_cast<std::size_t>(field) - kTexts.size());
    auto former = database->prepare(fmt::format("SELECT {} FROM audit_line WHERE number = {}", column, number));
    RC_ASSERT(former->step().value());
    auto change = database->prepare(fmt::format("UPDATE audit_line SET {} = ? WHERE number = {}", column, number));
    const std::string before(former->text(0));
    const std::int64_t count = former->number(0);
    former->reset();
    if (text) {
      const auto after =
          *rc::gen::suchThat(rc::gen::element(before + "x", std::string(), "a" + before, std::string(before.rbegin(), before.rend())),
                             [&](const std::string& other) { return other != before; });
      RC_ASSERT(change->bind_all(std::string_view(after)) && change->run());
    } else {
      const auto by = *rc::gen::nonZero<std::int32_t>();
      RC_ASSERT(change->bind_all(count + by) && change->run());
    }
    const auto found = verify(journal.tenant);
    RC_ASSERT(found.has_value());
    RC_ASSERT(found->fault_at == number);
    const Status bound = text ? change->bind_all(std::string_view(before)) : change->bind_all(count);
    RC_ASSERT(bound && change->run());
    RC_ASSERT(verify(journal.tenant)->whole());
  }));
}

TEST_CASE("any field of the head, changed, is found") {
  for (const char* change : {"lines = lines + 1", "lines = lines - 1", "hash = purged_hash", "purged = purged + 1", "purged = purged - 1",
                             "purged = 0", "purged_hash = hash"}) {
    CAPTURE(change);
    Tampered journal(9, 4);
    journal.run(std::string("UPDATE audit_head SET ") + change);
    CHECK_FALSE(verify(journal.tenant)->whole());
  }
}
