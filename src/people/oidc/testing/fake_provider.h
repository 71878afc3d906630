// For tests only: an identity provider on this machine, which says what a test wants, and a browser that comes back from it.
#pragma once

#include <doctest/doctest.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/log.h"
#include "crypto/digest.h"
#include "crypto/testing/signer.h"
#include "http/server.h"
#include "json/writer.h"
#include "people/oidc/provider.h"

namespace beffroi::people::oidc::testing {

// Names of claims, and their values as JSON.
using Claims = std::map<std::string, std::string>;

inline std::string json_of(const Claims& claims) {
  std::string text = "{";
  for (const auto& [name, value] : claims) text += (text.size() > 1 ? "," : "") + json::quoted(name) + ":" + value;
  return text + "}";
}

class FakeProvider {
 public:
  std::int64_t now_s = 1'795'000'000;
  Claims claims = {{"sub", "\"42\""},
                   {"email", "\"Camille.Martin@mairie.fr\""},
                   {"name", "\"Camille Martin\""},
                   {"sid", "\"s-1\""},
                   {"groups", R"(["agents","tous"])"}};  // those of the next token, beyond the protocol's own
  Claims changes = {};                                    // over everything; an empty value removes
  Claims description_changes = {};
  std::shared_ptr<const crypto::testing::Signer> signer = key("k1");
  std::string published = signer->key_set();
  std::string refusal;       // of the token endpoint: "invalid_grant"
  std::atomic<int> keys_asked = 0, tokens_asked = 0;
  std::string last_authorization;  // header of the last exchange

  FakeProvider() {
    log::quiet();
    http::Router router;
    const auto add = [&router](http::Method method, std::string path, http::Handler handler) {
      http::Route route;
      route.method = method;
      route.pattern = std::move(path);
      route.handler = std::move(handler);
      route.right = "open";
      router.add(std::move(route));
    };
    add(http::Method::get, "/.well-known/openid-configuration", [this](const http::Request&) { return http::json_reply(description()); });
    add(http::Method::get, "/jwks", [this](const http::Request&) {
      const std::lock_guard lock(mutex_);
      ++keys_asked;
      return http::json_reply(published);
    });
    add(http::Method::post, "/token", [this](const http::Request& request) { return exchange(request); });
    http::ServerOptions options;
    options.port = 0;
    auto server = http::Server::start(options, std::move(router));
    REQUIRE(server);
    server_ = std::move(*server);
  }

  // One key a name for the whole test program: making one takes time.
  static std::shared_ptr<const crypto::testing::Signer> key(const std::string& id) {
    static std::map<std::string, std::shared_ptr<const crypto::testing::Signer>> made;
    auto& signer = made[id];
    if (signer == nullptr) signer = std::make_shared<const crypto::testing::Signer>(crypto::Signature::rs256, id);
    return signer;
  }

  [[nodiscard]] std::string issuer() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
  void stop() { server_.reset(); }

  [[nodiscard]] Settings settings() const {
    Settings settings{issuer(), "beffroi"};
    settings.client_secret = "s3cret";
    settings.trusted_local = true;
    return settings;
  }

  [[nodiscard]] std::string description() const {
    Claims members = {{"issuer", json::quoted(issuer())},
                      {"authorization_endpoint", json::quoted(issuer() + "/authorize")},
                      {"token_endpoint", json::quoted(issuer() + "/token")},
                      {"jwks_uri", json::quoted(issuer() + "/jwks")},
                      {"end_session_endpoint", json::quoted(issuer() + "/end?x=1")},
                      {"id_token_signing_alg_values_supported", R"(["RS256","ES256","none"])"}};
    for (const auto& [name, value] : description_changes) members[name] = value;
    std::erase_if(members, [](const auto& member) { return member.second.empty(); });
    return json_of(members);
  }

  // The person signs in at this address, and is sent back.
  Returned approve(const std::string& address) {
    const auto query = http::parse_form(address.substr(address.find('?') + 1));
    REQUIRE(query);
    const std::lock_guard lock(mutex_);
    asked_ = *query;
    code_ = "code-" + std::to_string(++codes_);
    return {code_, std::string(query->value("state"))};
  }
  [[nodiscard]] const http::Parameters& asked() const { return asked_; }

  [[nodiscard]] std::string token() const {
    Claims all = {{"iss", json::quoted(issuer())},
                  {"aud", "\"beffroi\""},
                  {"iat", std::to_string(now_s)},
                  {"exp", std::to_string(now_s + 300)},
                  {"nonce", json::quoted(asked_.value("nonce"))}};
    for (const auto* more : {&claims, &changes}) {
      for (const auto& [name, value] : *more) all[name] = value;
    }
    std::erase_if(all, [](const auto& member) { return member.second.empty(); });
    return signer->sign(json_of(all));
  }

 private:
  http::Reply exchange(const http::Request& request) {
    const std::lock_guard lock(mutex_);
    ++tokens_asked;
    last_authorization = request.header("Authorization");
    const auto form = request.form();
    const bool proved = form && crypto::base64url(crypto::sha256(form->value("code_verifier"))) == asked_.value("code_challenge");
    const bool known =
        form && !code_.empty() && form->value("code") == code_ && form->value("redirect_uri") == asked_.value("redirect_uri");
    const std::string fault = !refusal.empty() ? refusal : proved && known ? "" : "invalid_grant";
    code_.clear();
    if (!fault.empty()) return http::json_reply(R"({"error":")" + fault + "\"}", 400);
    return http::json_reply(R"({"token_type":"Bearer","access_token":"a-1","id_token":")" + token() + "\"}");
  }

  std::unique_ptr<http::Server> server_;
  std::mutex mutex_;
  http::Parameters asked_;
  std::string code_;
  int codes_ = 0;
};

}  // namespace beffroi::people::oidc::testing
