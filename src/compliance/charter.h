// The charter of use of a commune: versions of a text, the one in force, and who accepted which. Whoever uses a function where a model
// writes has accepted the text in force, by themselves or, for an API key, through its owner (charter_door.h holds that).
//
// A commune that has published none has version 0, the text shipped with the program. Functions of one Tenant: any thread. Times are
// milliseconds since 1970, UTC, given by the caller.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/line.h"
#include "base/result.h"
#include "people/visitor.h"
#include "tenants/tenant.h"

namespace beffroi::compliance {

inline constexpr std::size_t kMostCharterBytes = 30'000;

// French; sections « # … », items « - … », paragraphs between empty lines.
[[nodiscard]] std::string_view shipped_charter();

struct Charter {
  std::int64_t version = 0;      // 0: the one shipped
  std::string text;
  std::string sha256;            // of the text
  std::int64_t in_force_ms = 0;  // from then on, until a later version is in force
  std::int64_t published_ms = 0;
  std::string published_by;      // id of the account, or « console »; empty for version 0
};

[[nodiscard]] Result<Charter> charter_in_force(const tenants::Tenant& tenant, std::int64_t now_ms);
// Those that the commune published, latest first, with the one shipped at the end.
[[nodiscard]] Result<std::vector<Charter>> charters(const tenants::Tenant& tenant);

struct NewCharter {
  std::string text;
  std::int64_t in_force_ms = 0;  // 0, or past: at once
};
// Everybody is asked again once it is in force. Written in the journal. Code::invalid_argument: an empty text, or not UTF-8, or earlier
// than a version already announced; Code::too_large.
[[nodiscard]] Result<Charter> publish_charter(const tenants::Tenant& tenant, const NewCharter& charter, const audit::Who& who,
                                              std::int64_t now_ms);

// The text that somebody read before accepting.
struct CharterRead {
  std::int64_t version = 0;
  std::string sha256;
};
// By the person signed in, for their keys too. Written in the journal. Code::conflict when the text in force is not the one read;
// Code::denied for the public and for a key.
[[nodiscard]] Status accept_charter(const people::Visitor& visitor, const CharterRead& read, std::int64_t now_ms);
// True for the public, who is told instead (ai_mark.h).
[[nodiscard]] Result<bool> has_accepted(const people::Visitor& visitor, std::int64_t now_ms);

struct Acceptance {
  std::string account;
  std::int64_t version = 0;
  std::string sha256;
  std::int64_t accepted_ms = 0;
};
[[nodiscard]] Result<std::vector<Acceptance>> acceptances(const tenants::Tenant& tenant);  // latest first
[[nodiscard]] Result<std::vector<Acceptance>> acceptances_of(const tenants::Tenant& tenant, std::string_view account);

}  // namespace beffroi::compliance
