#include "people/oidc/round.h"

#include "crypto/digest.h"
#include "crypto/token.h"
#include "json/reader.h"
#include "json/writer.h"
#include "people/store.h"

namespace beffroi::people::oidc {

namespace {

std::string purpose_for(const tenants::Tenant& tenant) { return "oidc round of " + tenant.id(); }

tl::unexpected<Error> not_begun(std::string_view why) {
  return fail(Code::unauthenticated,
              "Cette connexion n’a pas commencé dans ce navigateur, ou date de plus de dix minutes\u00a0: recommencez-la.",
              std::string(why));
}

Result<Round> read(std::string_view text) {
  const json::Document document = BEFFROI_TRY(json::Document::parse(text));
  const json::Node root = document.root();
  Round round;
  round.state = BEFFROI_TRY(root.member("state").and_then(&json::Node::text));
  round.nonce = BEFFROI_TRY(root.member("nonce").and_then(&json::Node::text));
  round.verifier = BEFFROI_TRY(root.member("verifier").and_then(&json::Node::text));
  round.back = BEFFROI_TRY(root.member("back").and_then(&json::Node::text));
  round.next = BEFFROI_TRY(root.member("next").and_then(&json::Node::text));
  round.started_ms = BEFFROI_TRY(root.member("started_ms").and_then(&json::Node::integer));
  return round;
}

}  // namespace

Round new_round(std::string back, std::string next, std::int64_t now_ms) {
  return {crypto::random_token(), crypto::random_token(), crypto::random_token(), std::move(back), std::move(next), now_ms};
}

std::string challenge_of(const Round& round) { return crypto::base64url(crypto::sha256(round.verifier)); }

Result<std::string> sealed(const Round& round, const tenants::Tenant& tenant, const crypto::Sealer& sealer) {
  json::Writer out;
  out.begin_object().field("state", round.state).field("nonce", round.nonce).field("verifier", round.verifier);
  out.field("back", round.back).field("next", round.next).field("started_ms", round.started_ms).end_object();
  return sealer.seal(out.text(), purpose_for(tenant));
}

Result<Round> opened(std::string_view cookie, std::string_view state, const tenants::Tenant& tenant, const crypto::Sealer& sealer,
                     std::int64_t now_ms) {
  if (cookie.empty()) return not_begun("no round cookie");
  const auto text = sealer.unseal(cookie, purpose_for(tenant));
  if (!text) return not_begun("round cookie does not open");
  auto round = read(*text);
  if (!round) return not_begun("round cookie unreadable");
  if (now_ms < round->started_ms || now_ms - round->started_ms >= kRoundMs) return not_begun("round is over");
  if (!crypto::same_secret(state, round->state)) return not_begun("state is not the one of this browser");
  return round;
}

Status use_once(const tenants::Tenant& tenant, std::string_view what, std::int64_t now_ms) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  BEFFROI_CHECK(store::run(database, "DELETE FROM people_oidc_used WHERE ends_ms <= ?", now_ms));
  const std::int64_t added =
      BEFFROI_TRY(store::changed(database, "INSERT INTO people_oidc_used (what, ends_ms) VALUES (?, ?) ON CONFLICT (what) DO NOTHING",
                                 std::string_view(crypto::sha256_hex(what)), now_ms + kRoundMs));
  if (added == 0) return fail(Code::unauthenticated, "Cette connexion a déjà servi\u00a0: recommencez-la.", "state used twice");
  return {};
}

}  // namespace beffroi::people::oidc
