#include "people/oidc/claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "crypto/digest.h"
#include "crypto/token.h"
#include "people/account.h"

namespace beffroi::people::oidc {

namespace {

constexpr std::size_t kMaxSubjectBytes = 255, kMaxSessionBytes = 255, kMaxGroupBytes = 255, kMaxGroups = 500, kMaxNameBytes = 200;
constexpr std::int64_t kOldestLogoutS = 300;
constexpr std::string_view kLogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

tl::unexpected<Error> refused(std::string_view why) {
  return fail(Code::unauthenticated, "La preuve d’identité reçue n’est pas valable\u00a0: recommencez la connexion.", std::string(why));
}

tl::unexpected<Error> other_time(std::string_view why) {
  return fail(Code::unauthenticated,
              "La preuve d’identité reçue n’est plus ou pas encore valable\u00a0: recommencez, et si cela se reproduit, faites vérifier "
              "l’heure du serveur.",
              std::string(why));
}

std::string_view text_of(const json::Node& claims, std::string_view name) {
  const auto member = claims.find(name);
  return member ? member->text_or_empty() : std::string_view{};
}

// A time in seconds; providers write 1300819380 or 1300819380.5. Nothing when absent; a fault when it is no time.
Result<std::optional<std::int64_t>> time_of(const json::Node& claims, std::string_view name) {
  constexpr double kLatest = 253402300800.0;  // the year 10000
  const auto member = claims.find(name);
  if (!member) return std::optional<std::int64_t>{};
  const auto seconds = member->number();
  if (!seconds || *seconds < 0 || *seconds > kLatest) return refused(fmt::format("claim {} is not a time", name));
  return std::optional<std::int64_t>(static_cast<std::int64_t>(*seconds));
}

Status check_audience(const json::Node& claims, std::string_view client_id) {
  const auto audience = claims.find("aud");
  if (!audience) return refused("claim aud is missing");
  std::vector<std::string> all{std::string(audience->text_or_empty())};
  if (audience->kind() == json::Kind::array) all = audience->texts().value_or(std::vector<std::string>{});
  if (std::find(all.begin(), all.end(), client_id) == all.end()) return refused("claim aud is another client's");
  const auto party = claims.find("azp");
  if (!party && all.size() > 1) return refused("several audiences and no claim azp");
  if (party && party->text_or_empty() != client_id) return refused("claim azp is another client's");
  return {};
}

// What both kinds of token must say.
Status check_common(const json::Node& claims, const Expected& expected) {
  if (text_of(claims, "iss") != expected.issuer) return refused("claim iss is another provider's");
  BEFFROI_CHECK(check_audience(claims, expected.client_id));
  const auto issued = BEFFROI_TRY(time_of(claims, "iat"));
  const auto ends = BEFFROI_TRY(time_of(claims, "exp"));
  const auto begins = BEFFROI_TRY(time_of(claims, "nbf"));
  if (!issued) return refused("claim iat is missing");
  if (*issued > expected.now_s + kLeewayS) return other_time("claim iat is in the future");
  if (ends && *ends <= expected.now_s - kLeewayS) return other_time("claim exp is over");
  if (begins && *begins > expected.now_s + kLeewayS) return other_time("claim nbf is in the future");
  return {};
}

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNameBytes &&
         std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

std::string login_from(const json::Node& claims, const std::string& subject) {
  const auto verified = claims.find("email_verified");
  const bool doubted = verified && !verified->boolean().value_or(false);
  for (const std::string_view text : {doubted ? std::string_view{} : text_of(claims, "email"), text_of(claims, "preferred_username")}) {
    if (auto login = login_of(text)) return *std::move(login);
  }
  return subject;
}

std::string name_from(const json::Node& claims, const std::string& login) {
  std::string name(text_of(claims, "name"));
  if (!is_label(name)) {
    const std::string_view family = text_of(claims, "family_name").empty() ? text_of(claims, "usual_name") : text_of(claims, "family_name");
    name = fmt::format("{}{}{}", text_of(claims, "given_name"), family.empty() ? "" : " ", family);
    if (name.starts_with(' ')) name.erase(0, 1);
  }
  return is_label(name) ? name : login;
}

// The claim by its own name, or at the end of a path into objects.
std::optional<json::Node> claim_at(const json::Node& claims, std::string_view path) {
  if (auto whole = claims.find(path)) return whole;
  std::optional<json::Node> at = claims;
  while (at && !path.empty()) {
    const std::size_t end = std::min(path.find('.'), path.size());
    at = at->find(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return at;
}

std::vector<std::string> groups_from(const json::Node& claims, std::string_view path) {
  std::vector<std::string> groups;
  const auto add = [&groups](std::string_view group) {
    if (!group.empty() && group.size() <= kMaxGroupBytes) groups.emplace_back(group);
  };
  const auto claim = claim_at(claims, path);
  if (!claim) return groups;
  if (claim->kind() == json::Kind::string) add(claim->text_or_empty());
  const std::size_t count = claim->kind() == json::Kind::array ? std::min(claim->size(), kMaxGroups) : 0;
  for (std::size_t i = 0; i < count; ++i) add(claim->at(i).text_or_empty());
  return groups;
}

}  // namespace

Status check_id_token(const json::Node& claims, const Expected& expected, std::string_view nonce, std::string_view access_token) {
  BEFFROI_CHECK(check_common(claims, expected));
  if (!claims.find("exp")) return refused("claim exp is missing");
  if (nonce.empty() || !crypto::same_secret(text_of(claims, "nonce"), nonce)) return refused("claim nonce is not the one that was sent");
  if (const auto hash = claims.find("at_hash")) {
    constexpr std::size_t kHalf = 16;
    const std::string half = crypto::base64url(crypto::sha256(access_token).substr(0, kHalf));
    if (access_token.empty() || hash->text_or_empty() != half) return refused("claim at_hash is not that of the access token");
  }
  return {};
}

Result<Person> person_of(const json::Node& claims, std::string_view groups_claim) {
  Person person;
  person.subject = text_of(claims, "sub");
  if (!is_label(person.subject) || person.subject.size() > kMaxSubjectBytes) return refused("claim sub is missing or too long");
  person.login = login_from(claims, person.subject);
  person.name = name_from(claims, person.login);
  person.groups = groups_from(claims, groups_claim);
  person.session = text_of(claims, "sid");
  if (person.session.size() > kMaxSessionBytes) person.session.clear();
  return person;
}

Result<SignedOut> check_logout_token(const json::Node& claims, const Expected& expected) {
  BEFFROI_CHECK(check_common(claims, expected));
  if (claims.find("nonce")) return refused("a logout token has no nonce");
  const auto events = claims.find("events");
  const auto event = events ? events->find(kLogoutEvent) : std::nullopt;
  if (!event || event->kind() != json::Kind::object) return refused("claim events names no logout");
  const auto issued = BEFFROI_TRY(time_of(claims, "iat"));
  if (*issued < expected.now_s - kOldestLogoutS) return other_time("logout token is old");
  SignedOut out{std::string(text_of(claims, "sub")), std::string(text_of(claims, "sid")), std::string(text_of(claims, "jti"))};
  if (out.subject.empty() && out.session.empty()) return refused("a logout token names a subject or a session");
  if (out.id.empty()) return refused("claim jti is missing");
  return out;
}

}  // namespace beffroi::people::oidc
