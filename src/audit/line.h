// One line of a commune's journal: who did what, when, from which sources, with which model, what the checks said. Never contents.
//
// Pure values and functions, any thread. Every text of a line is printable ASCII without spaces: a sentence, a question or a name cannot
// be written here even by mistake.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace beffroi::audit {

enum class Actor {
  anonymous,  // the public: nothing tells one visitor from another
  person,     // id: of the account
  key,        // id: of the API key
  console,    // a command typed on the machine; id: « uid-1000 »
  program,    // the program by itself (purge)
};

// Closed list; the names are stable, they are in exports.
enum class Action {
  signed_in,
  sign_in_refused,
  signed_out,
  password_changed,
  account_added,
  account_changed,
  account_disabled,
  account_erased,
  key_issued,
  key_revoked,
  answered,         // sentences of the sources
  reworded,         // the same, said by a model
  generated,        // anything else that a model wrote
  searched,
  document_read,
  document_added,
  document_removed,
  setting_changed,
  charter_published,
  charter_accepted,
  retention_changed,
  audit_read,
  audit_exported,
  acceptances_exported,
  register_exported,
  person_accessed,  // everything held about an account, handed over
  person_erased,
  purged,           // data older than their retention; object: kind, until which day, how many
  lines_purged,     // lines of this journal; object: « last number:its hash »
  grant_given,
  grant_revoked,
  granted_read,     // by the syndicate, under a grant
  approved,
  data_imported,    // figures of a service taken from a file; object: of which
  data_exported,
  role_given,       // by a group; object: « account:group »
  role_removed,
  job_stopped,
  job_retried,
  order_decided,    // by hand, of meals; object: canteen and day
  meals_recorded,   // what was served; object: the day
  calendar_changed, // of canteens: a day, an event, a strike; object: which
};

// A name that somebody else gave (of a model), cut and with '_' for what a line may not hold.
[[nodiscard]] std::string word_of(std::string_view text);

[[nodiscard]] std::string_view name_of(Actor actor);    // "public", "person", "key", "console", "program"
[[nodiscard]] std::string_view name_of(Action action);  // "signed_in"
[[nodiscard]] std::span<const Action> all_actions();
// French, for people; the name itself when this program does not know it.
[[nodiscard]] std::string title_of_actor(std::string_view name);
[[nodiscard]] std::string title_of_action(std::string_view name);

struct Who {
  Actor kind = Actor::anonymous;
  std::string id = {};  // empty for the public and the program
};

struct Source {
  std::string id;       // of the publication, "F1341"
  std::string version;  // or its day, "2019-08-28"; may be empty
};

// What the gate said of the sentences: shown, and turned down.
struct Verdicts {
  std::int64_t passed = 0;
  std::int64_t refused = 0;
};

// What a room asks to write.
struct Entry {
  Who who = {};
  Action action = Action::answered;
  std::string object = {};             // opaque id of what was acted upon; may be empty
  std::vector<Source> sources = {};    // at most kMostSources are kept, the first ones
  std::string model = {};              // empty: none
  std::string model_sha256 = {};       // empty: not known (a model served elsewhere)
  Verdicts verdicts = {};
  std::string outcome = "done";        // "done", "refused", "failed", "withheld", a status of answers
};

inline constexpr std::size_t kMostSources = 32;
inline constexpr std::size_t kMostTextBytes = 200;

// A line as it is kept and chained.
struct Line {
  std::int64_t number = 0;   // from 1, without holes
  std::int64_t at_ms = 0;    // since 1970, UTC
  std::string who_kind, who, action, object;
  std::string sources;       // « F1341@2019-08-28 F14929@2020-01-02 »
  std::string model, model_sha256;
  std::int64_t passed = 0, refused = 0;
  std::string outcome;
  std::string hash;          // of the line before and of everything above
};

// Number and hash are left to be given. Code::invalid_argument when a text is not what a line may hold.
[[nodiscard]] Result<Line> line_of(const Entry& entry, std::int64_t at_ms);

// The hash before the first line: it names the commune, so that a journal moved to another does not verify there.
[[nodiscard]] std::string first_hash(std::string_view commune);
// SHA-256 of the former hash and of the line's fields, each with its length; the line's own hash is not read.
[[nodiscard]] std::string chained(std::string_view former_hash, const Line& line);

}  // namespace beffroi::audit
