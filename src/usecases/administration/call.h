// What the pages of administration share: one page asked for, its frame and menu, forms refused, acts confirmed and written down.
// Only for this folder.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/recorded.h"
#include "compliance/who.h"
#include "http/message.h"
#include "pages/dates.h"
#include "pages/form.h"
#include "pages/html.h"
#include "pages/table.h"
#include "people/account.h"
#include "people/visitor.h"
#include "usecases/administration/administration.h"

namespace beffroi::administration {

using pages::Html;
using people::Right;

struct Call {
  const Services& services;
  const people::Visitor& visitor;
  const http::Request& request;
  std::vector<pages::Fault> faults = {};  // of the form that was sent
  http::Parameters form = {};             // what was typed in it
  std::string secret = {};                // shown this once: a first password, a key
  std::string secret_of = {};             // whose

  [[nodiscard]] const tenants::Tenant& tenant() const { return visitor.tenant; }
  [[nodiscard]] std::int64_t now_ms() const { return services.now_ms(); }
  [[nodiscard]] std::string captured(std::string_view name) const { return std::string(request.captured.value(name)); }
  // What was typed and refused, else `otherwise`.
  [[nodiscard]] std::string typed(std::string_view field, std::string_view otherwise = {}) const;
  [[nodiscard]] std::string_view fault(std::string_view field) const { return pages::fault_of(faults, field); }
};
using PageAction = Result<http::Reply> (*)(const Call&);

struct PageHead {
  std::string_view title;
  std::string_view path;  // of the entry of the inner menu to mark
};
// The whole page: the inner menu, what was done (?fait=…), the faults, then `body`. 422 with faults, 201 with a secret.
[[nodiscard]] http::Reply page(const Call& call, const PageHead& head, const std::function<void(Html&)>& body);

// What a form asked for was refused: `show` again with the reason, beside `field` (empty: the form as a whole). Faults that are not the
// form's go on as they are.
[[nodiscard]] Result<http::Reply> again(const Call& call, const Error& error, PageAction show, std::string_view field = {});
// Done: the reader is sent to `path`; refused: again.
[[nodiscard]] Result<http::Reply> after_form(const Call& call, const Status& status, const std::string& path, PageAction show);

// A page that asks before something is lost.
struct Confirmation {
  std::string question;     // « Suspendre Camille Martin ? »
  std::string consequence;  // what happens then
  std::string label;        // of the button that does it
  std::string action;       // where the form goes
  std::string back;         // the page one came from
};
[[nodiscard]] http::Reply confirm(const Call& call, std::string_view path, const Confirmation& asked);

// A form with one button and nothing else. `about`: said after the label to who cannot see what stands around.
void write_act(Html& html, const Call& call, std::string_view action, std::string_view label, std::string_view about = {});
void write_link_button(Html& html, std::string_view href, std::string_view label, std::string_view about = {});
// The secret shown this once, at the head of a page.
void write_secret(Html& html, const Call& call, std::string_view title, std::string_view what_to_do);

// An act of the visitor, in the journal of their commune: the line comes first. `object`: an id that was found, never what was typed.
template <class Act>
[[nodiscard]] auto in_writing(const Call& call, audit::Action action, const std::string& object, const Act& act) -> decltype(act()) {
  return audit::recorded(*call.services.journal, call.tenant(), compliance::entry_of(call.visitor, action, object), act);
}
// The line of an act on an account, which commits with it (people/account.h).
[[nodiscard]] people::Within line_within(const Call& call, audit::Action action);
// The same for what was just made, whose id is known only now: `undo` takes it back when its line cannot be written.
[[nodiscard]] Status written_or(const Call& call, audit::Action action, const std::string& object, const std::function<void()>& undo);

// Without spaces at both ends.
[[nodiscard]] std::string trimmed(std::string_view text);
// « 14 300 »
[[nodiscard]] std::string number_words(std::int64_t number);
// « 1 compte », « 3 comptes »
[[nodiscard]] std::string counted(std::int64_t number, std::string_view one, std::string_view several);

}  // namespace beffroi::administration
