// The identity provider as it is reached: its description and its keys, kept for an hour; a code exchanged for a proof of identity.
//
// Nothing is asked before somebody signs in. A key that is not known makes the keys be asked again, once in half a minute: a provider
// changes its keys while we run, and nobody can make us ask without end. Thread-safe: so many ask at a time, the others are told to come
// back (Code::busy), so that a provider that hangs does not take every thread of the server.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

#include "crypto/jws.h"
#include "people/oidc/claims.h"
#include "people/oidc/discovery.h"
#include "people/oidc/round.h"
#include "people/oidc/settings.h"

namespace beffroi::people::oidc {

// What came back to us through the browser.
struct Returned {
  std::string code, state;
  std::string issuer = {};  // `iss` of RFC 9207; may be empty
  std::string error = {};   // the provider's word: "access_denied"
};

struct Proof {
  Person person;
  std::string id_token;  // as it came, to sign out with
};

class Provider {
 public:
  struct Clocks {
    std::function<std::int64_t()> now_ms;     // since 1970, UTC
    std::function<std::int64_t()> steady_ms;  // only grows
  };
  Provider(Settings settings, Clocks clocks) : settings_(std::move(settings)), clocks_(std::move(clocks)) {}

  [[nodiscard]] const Settings& settings() const { return settings_; }

  // Where the browser goes to sign in.
  [[nodiscard]] Result<std::string> sign_in_address(const Round& round, const std::stop_token& stop);

  // Code::unauthenticated: the provider or its proof is not to be believed. Code::denied: the person gave up, or the provider refuses
  // them. Otherwise a fault of the provider, of the network or of the configuration.
  [[nodiscard]] Result<Proof> redeem(const Returned& returned, const Round& round, const std::stop_token& stop);

  // Where the browser goes to sign out there too, then back; empty when the provider cannot.
  [[nodiscard]] Result<std::string> sign_out_address(const std::string& id_token, const std::string& back, const std::stop_token& stop);

  [[nodiscard]] Result<SignedOut> signed_out(std::string_view logout_token, const std::stop_token& stop);

 private:
  struct Known {
    Description description;
    crypto::KeySet keys;
    std::int64_t read_ms = 0;  // steady
  };
  using KnownPointer = std::shared_ptr<const Known>;
  class Turn;

  [[nodiscard]] Result<KnownPointer> known(const std::stop_token& stop);
  [[nodiscard]] Result<KnownPointer> with_new_keys(const KnownPointer& old, const std::stop_token& stop);
  [[nodiscard]] Result<json::Document> claims_of(std::string_view token, const std::stop_token& stop);
  [[nodiscard]] Result<std::string> document_at(const std::string& url, const std::stop_token& stop) const;
  [[nodiscard]] Result<json::Document> exchange(const std::string& code, const Round& round, const std::stop_token& stop);
  [[nodiscard]] Expected expected() const { return {settings_.issuer, settings_.client_id, clocks_.now_ms() / 1000}; }

  const Settings settings_;
  const Clocks clocks_;
  std::atomic<int> asking_ = 0;
  std::mutex mutex_;
  KnownPointer known_;
  std::int64_t keys_asked_ms_ = 0;  // steady: the last time for a key not known; 0: never
};

}  // namespace beffroi::people::oidc
