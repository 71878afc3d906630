#include "tenants/grants.h"

#include <fmt/format.h>

#include "db/database.h"

namespace beffroi::tenants {

namespace {

constexpr std::size_t kMaxTextBytes = 4000;

Status check(const Tenant& commune, const Grant& grant, std::int64_t now_ms) {
  if (commune.parent().empty() || grant.to != commune.parent())
    return fail(Code::invalid_argument, "Une commune n’ouvre ses contenus qu’au syndicat dont elle est membre.");
  if (grant.text.empty() || grant.text.size() > kMaxTextBytes)
    return fail(Code::invalid_argument,
                fmt::format("L’autorisation s’écrit\u00a0: dites ce qui est ouvert et pourquoi, en {} octets au plus.", kMaxTextBytes));
  if (grant.created_by.empty()) return fail(Code::invalid_argument, "Il manque le nom de qui donne l’autorisation.");
  if (grant.until_ms <= now_ms || grant.until_ms - now_ms > kLongestGrantMs)
    return fail(Code::invalid_argument, "L’autorisation finit à une date à venir, dans un an au plus.");
  return {};
}

}  // namespace

Result<Grant> give(const Tenant& commune, const Grant& grant, std::int64_t now_ms) {
  BEFFROI_CHECK(check(commune, grant, now_ms));
  db::Database database = BEFFROI_TRY(commune.connect());
  db::Statement insert = BEFFROI_TRY(
      database.prepare("INSERT INTO tenants_grant (to_node, text, created_by, created_at, until) VALUES (?, ?, ?, ?, ?) RETURNING id"));
  BEFFROI_CHECK(insert.bind_all(std::string_view(grant.to), std::string_view(grant.text), std::string_view(grant.created_by), now_ms,
                                grant.until_ms));
  BEFFROI_TRY(insert.step());
  Grant given = grant;
  given.id = insert.number(0);
  given.created_at_ms = now_ms;
  given.revoked_at_ms.reset();
  given.revoked_by.clear();
  BEFFROI_TRY(insert.step());
  return given;
}

Status revoke(const Tenant& commune, std::int64_t id, std::string_view by, std::int64_t now_ms) {
  db::Database database = BEFFROI_TRY(commune.connect());
  db::Statement update = BEFFROI_TRY(database.prepare(
      "UPDATE tenants_grant SET revoked_by = CASE WHEN revoked_at IS NULL THEN ? ELSE revoked_by END, revoked_at = coalesce(revoked_at, ?) "
      "WHERE id = ?"));
  BEFFROI_CHECK(update.bind_all(by, now_ms, id));
  BEFFROI_CHECK(update.run());
  if (database.changes() == 0) return fail(Code::not_found, "Cette autorisation n’existe pas.");
  return {};
}

Result<std::vector<Grant>> grants_of(const Tenant& commune) {
  std::vector<Grant> grants;
  db::Database database = BEFFROI_TRY(commune.connect());
  db::Statement rows = BEFFROI_TRY(database.prepare(
      "SELECT id, to_node, text, created_by, created_at, until, revoked_at, coalesce(revoked_by, '') FROM tenants_grant ORDER BY id DESC"));
  while (BEFFROI_TRY(rows.step())) {
    Grant grant;
    grant.id = rows.number(0);
    grant.to = rows.text(1);
    grant.text = rows.text(2);
    grant.created_by = rows.text(3);
    grant.created_at_ms = rows.number(4);
    grant.until_ms = rows.number(5);
    if (!rows.is_null(6)) grant.revoked_at_ms = rows.number(6);
    grant.revoked_by = rows.text(7);
    grants.push_back(std::move(grant));
  }
  return grants;
}

Result<std::optional<Grant>> grant_in_force(const Tenant& commune, std::string_view to, std::int64_t now_ms) {
  std::optional<Grant> longest;
  for (Grant& grant : BEFFROI_TRY(grants_of(commune))) {
    if (grant.to != to || !grant.in_force(now_ms)) continue;
    if (!longest || longest->until_ms < grant.until_ms) longest = std::move(grant);
  }
  return longest;
}

}  // namespace beffroi::tenants
