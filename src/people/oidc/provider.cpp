#include "people/oidc/provider.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/url.h"
#include "net/fetch.h"

namespace beffroi::people::oidc {

namespace {

constexpr int kAtOnce = 8;
constexpr std::int64_t kFreshMs = 3'600'000;
constexpr std::int64_t kBetweenKeysMs = 30'000;
constexpr std::size_t kMaxCodeBytes = 2'048;
constexpr json::Limits kAnswerLimits{.size_bytes = 64 << 10, .depth = 16, .names_once = true};

using Pairs = std::initializer_list<std::pair<std::string_view, std::string_view>>;

std::string form_of(Pairs pairs) {
  std::string form;
  for (const auto& [name, value] : pairs) {
    if (value.empty()) continue;
    if (!form.empty()) form += '&';
    form += fmt::format("{}={}", name, http::percent_encoded(value));
  }
  return form;
}

std::string with_query(const std::string& address, const std::string& query) {
  return address + (address.find('?') == std::string::npos ? '?' : '&') + query;
}

// The word of an error, when it is a word: for the log.
std::string word_of(std::string_view text) {
  constexpr std::size_t kMost = 64;
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
  return plain && !text.empty() && text.size() <= kMost ? std::string(text) : "unknown";
}

Status check_returned(const Returned& returned, const Description& description, const std::string& issuer) {
  const bool missing = returned.issuer.empty() && description.names_itself;
  if (missing || (!returned.issuer.empty() && returned.issuer != issuer)) {
    return fail(Code::unauthenticated, "La réponse ne vient pas du fournisseur d’identité attendu\u00a0: recommencez la connexion.",
                "iss of the answer is missing or another's");
  }
  if (returned.error == "access_denied") {
    return fail(Code::denied, "Le fournisseur d’identité n’a pas autorisé cette connexion, ou vous y avez renoncé.");
  }
  if (!returned.error.empty()) {
    return fail(Code::unavailable, "Le fournisseur d’identité n’a pas pu vous connecter\u00a0: recommencez, ou prévenez l’administrateur.",
                "provider: " + word_of(returned.error));
  }
  if (returned.code.empty() || returned.code.size() > kMaxCodeBytes) {
    return fail(Code::unauthenticated, "La réponse du fournisseur d’identité n’est pas complète\u00a0: recommencez la connexion.");
  }
  return {};
}

tl::unexpected<Error> exchange_refused(const net::Answer& answer) {
  std::string word = "unknown";
  if (const auto document = json::Document::parse(answer.body, kAnswerLimits)) {
    if (const auto error = document->root().find("error")) word = word_of(error->text_or_empty());
  }
  const std::string detail = fmt::format("token endpoint: HTTP {}, {}", answer.status, word);
  if (word == "invalid_grant") {
    return fail(Code::unauthenticated, "Le fournisseur d’identité ne reconnaît pas cette connexion\u00a0: recommencez-la.", detail);
  }
  if (word == "invalid_client" || word == "unauthorized_client" || answer.status == 401) {
    return fail(Code::unavailable,
                "Le fournisseur d’identité ne reconnaît pas ce service\u00a0: l’administrateur doit vérifier son nom et son secret.",
                detail);
  }
  return fail(Code::unavailable, "Le fournisseur d’identité n’a pas pu vous connecter\u00a0: recommencez, ou prévenez l’administrateur.",
              detail);
}

}  // namespace

class Provider::Turn {
 public:
  explicit Turn(std::atomic<int>& asking) : asking_(asking), mine_(asking.fetch_add(1) < kAtOnce) {}
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() { asking_.fetch_sub(1); }
  [[nodiscard]] Status came() const {
    if (mine_) return {};
    return fail(Code::busy, "Beaucoup de personnes se connectent en ce moment\u00a0: réessayez dans un instant.");
  }

 private:
  std::atomic<int>& asking_;
  const bool mine_;
};

Result<std::string> Provider::document_at(const std::string& url, const std::stop_token& stop) const {
  net::Call call{url, settings_.trusted_local ? net::Trust::trusted_local : net::Trust::https_only};
  net::Answer answer = BEFFROI_TRY(net::fetch(call, {}, stop));
  if (answer.status == 200) return std::move(answer.body);
  return fail(Code::unavailable, "Le fournisseur d’identité ne répond pas comme prévu\u00a0: réessayez, ou prévenez l’administrateur.",
              fmt::format("discovery: HTTP {}", answer.status));
}

Result<Provider::KnownPointer> Provider::known(const std::stop_token& stop) {
  {
    const std::lock_guard lock(mutex_);
    if (known_ != nullptr && clocks_.steady_ms() - known_->read_ms < kFreshMs) return known_;
  }
  const std::string text = BEFFROI_TRY(document_at(description_address(settings_.issuer), stop));
  Known read{BEFFROI_TRY(read_description(text, settings_)), {}, clocks_.steady_ms()};
  read.keys = BEFFROI_TRY(document_at(read.description.keys, stop).and_then(crypto::KeySet::parse));
  auto made = std::make_shared<const Known>(std::move(read));
  const std::lock_guard lock(mutex_);
  return known_ = std::move(made);
}

// The keys as they are now, when they were not asked a moment ago; the old ones otherwise.
Result<Provider::KnownPointer> Provider::with_new_keys(const KnownPointer& old, const std::stop_token& stop) {
  {
    const std::lock_guard lock(mutex_);
    if (known_ != nullptr && known_ != old) return known_;  // somebody asked meanwhile
    const std::int64_t now = clocks_.steady_ms();
    if (keys_asked_ms_ != 0 && now - keys_asked_ms_ < kBetweenKeysMs) return old;
    keys_asked_ms_ = now;
  }
  Known read{old->description, BEFFROI_TRY(document_at(old->description.keys, stop).and_then(crypto::KeySet::parse)), old->read_ms};
  auto made = std::make_shared<const Known>(std::move(read));
  const std::lock_guard lock(mutex_);
  return known_ = std::move(made);
}

Result<json::Document> Provider::claims_of(std::string_view token, const std::stop_token& stop) {
  const KnownPointer now = BEFFROI_TRY(known(stop));
  auto claims = crypto::verified_claims(token, now->keys, now->description.signatures);
  if (claims || claims.error().code != Code::not_found) return claims;
  const KnownPointer then = BEFFROI_TRY(with_new_keys(now, stop));
  claims = crypto::verified_claims(token, then->keys, then->description.signatures);
  if (!claims && claims.error().code == Code::not_found) {
    return fail(Code::unauthenticated, "La preuve d’identité reçue n’est pas signée d’une clé connue\u00a0: recommencez dans une minute.",
                claims.error().detail);
  }
  return claims;
}

Result<std::string> Provider::sign_in_address(const Round& round, const std::stop_token& stop) {
  const Turn turn(asking_);
  BEFFROI_CHECK(turn.came());
  const KnownPointer now = BEFFROI_TRY(known(stop));
  return with_query(now->description.authorization, form_of({{"response_type", "code"},
                                                             {"client_id", settings_.client_id},
                                                             {"redirect_uri", round.back},
                                                             {"scope", settings_.scopes},
                                                             {"state", round.state},
                                                             {"nonce", round.nonce},
                                                             {"code_challenge", challenge_of(round)},
                                                             {"code_challenge_method", "S256"}}));
}

Result<json::Document> Provider::exchange(const std::string& code, const Round& round, const std::stop_token& stop) {
  const KnownPointer now = BEFFROI_TRY(known(stop));
  const bool basic = !settings_.client_secret.empty() && !now->description.secret_in_form;
  net::Call call{now->description.token, settings_.trusted_local ? net::Trust::trusted_local : net::Trust::https_only};
  call.form = form_of({{"grant_type", "authorization_code"},
                       {"code", code},
                       {"redirect_uri", round.back},
                       {"code_verifier", round.verifier},
                       {"client_id", basic ? std::string_view{} : std::string_view(settings_.client_id)},
                       {"client_secret", basic ? std::string_view{} : std::string_view(settings_.client_secret)}});
  if (basic) {  // both as in a form (RFC 6749, 2.3.1)
    call.user = http::percent_encoded(settings_.client_id);
    call.password = http::percent_encoded(settings_.client_secret);
  }
  const net::Answer answer = BEFFROI_TRY(net::fetch(call, {}, stop));
  if (answer.status != 200) return exchange_refused(answer);
  auto document = json::Document::parse(answer.body, kAnswerLimits);
  if (!document) {
    return fail(Code::unavailable, "Le fournisseur d’identité ne répond pas comme prévu\u00a0: réessayez, ou prévenez l’administrateur.",
                "token endpoint: not JSON");
  }
  return std::move(*document);
}

Result<Proof> Provider::redeem(const Returned& returned, const Round& round, const std::stop_token& stop) {
  const Turn turn(asking_);
  BEFFROI_CHECK(turn.came());
  const KnownPointer now = BEFFROI_TRY(known(stop));
  BEFFROI_CHECK(check_returned(returned, now->description, settings_.issuer));
  const json::Document answer = BEFFROI_TRY(exchange(returned.code, round, stop));
  const auto token = answer.root().find("id_token");
  if (!token || token->text_or_empty().empty()) {
    return fail(Code::unavailable, "Le fournisseur d’identité n’a pas dit qui vous êtes\u00a0: prévenez l’administrateur.", "no id_token");
  }
  const auto access = answer.root().find("access_token");
  const std::string_view id_token = token->text_or_empty();
  const json::Document claims = BEFFROI_TRY(claims_of(id_token, stop));
  BEFFROI_CHECK(check_id_token(claims.root(), expected(), round.nonce, access ? access->text_or_empty() : std::string_view{}));
  return Proof{BEFFROI_TRY(person_of(claims.root(), settings_.groups_claim)), std::string(id_token)};
}

Result<std::string> Provider::sign_out_address(const std::string& id_token, const std::string& back, const std::stop_token& stop) {
  constexpr std::size_t kMaxHintBytes = 4'096;  // it travels in an address
  const Turn turn(asking_);
  BEFFROI_CHECK(turn.came());
  const KnownPointer now = BEFFROI_TRY(known(stop));
  if (now->description.end_session.empty()) return std::string();
  const std::string_view hint = id_token.size() <= kMaxHintBytes ? std::string_view(id_token) : std::string_view{};
  return with_query(now->description.end_session,
                    form_of({{"id_token_hint", hint}, {"client_id", settings_.client_id}, {"post_logout_redirect_uri", back}}));
}

Result<SignedOut> Provider::signed_out(std::string_view logout_token, const std::stop_token& stop) {
  const Turn turn(asking_);
  BEFFROI_CHECK(turn.came());
  const json::Document claims = BEFFROI_TRY(claims_of(logout_token, stop));
  return check_logout_token(claims.root(), expected());
}

}  // namespace beffroi::people::oidc
