// What the pages of oversight share: one page asked for, its frame and menu, files handed out. Only for this folder.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/line.h"
#include "compliance/purge.h"
#include "http/message.h"
#include "pages/dates.h"
#include "pages/form.h"
#include "pages/html.h"
#include "pages/table.h"
#include "people/account.h"
#include "people/visitor.h"
#include "usecases/oversight/oversight.h"

namespace beffroi::oversight {

using pages::Html;

struct Call {
  const Services& services;
  const people::Visitor& visitor;
  const http::Request& request;
  std::vector<pages::Fault> faults = {};  // of the form that was sent

  [[nodiscard]] const tenants::Tenant& tenant() const { return visitor.tenant; }
  [[nodiscard]] std::int64_t now_ms() const { return services.now_ms(); }
  [[nodiscard]] audit::Who who() const;
  [[nodiscard]] compliance::PurgeOrder order() const;  // in the visitor's name, now
};
using PageAction = Result<http::Reply> (*)(const Call&);

struct PageHead {
  std::string_view title;
  std::string_view path;    // of the entry of the inner menu to mark
};
// The whole page: the inner menu, what was done (?fait=…), the faults, then `body`. 422 with faults.
[[nodiscard]] http::Reply page(const Call& call, const PageHead& head, const std::function<void(Html&)>& body);

// After a form: done, the reader is sent to `path` and told so; refused for what was written in it, `show` again with the reason.
[[nodiscard]] Result<http::Reply> after_form(const Call& call, const Status& status, const std::string& path, PageAction show);

// A file to keep: never shown by the browser in the page.
[[nodiscard]] http::Reply file(std::string body, std::string_view name, std::string_view extension);
// « Télécharger : CSV, JSON »: links under `path`, « /conformite/journal/export/csv ».
void write_downloads(Html& html, std::string_view path, std::span<const std::string_view> formats, std::string_view query = {});

// « 2 sauvegardes peuvent encore contenir ce qui est effacé : … »
[[nodiscard]] std::string backups_words(const std::vector<compliance::BackupHeld>& backups);

// The pages. Each reads its request, asks the rooms, writes HTML.
[[nodiscard]] Result<http::Reply> show_hub(const Call& call);
[[nodiscard]] Result<http::Reply> show_charter(const Call& call);         // /charte
[[nodiscard]] Result<http::Reply> accept_text(const Call& call);
[[nodiscard]] Result<http::Reply> show_charters(const Call& call);        // /conformite/charte
[[nodiscard]] Result<http::Reply> show_version(const Call& call);
[[nodiscard]] Result<http::Reply> publish_text(const Call& call);
[[nodiscard]] Result<http::Reply> show_acceptances(const Call& call);
[[nodiscard]] Result<http::Reply> export_acceptances(const Call& call);
[[nodiscard]] Result<http::Reply> show_journal(const Call& call);
[[nodiscard]] Result<http::Reply> verify_journal(const Call& call);
[[nodiscard]] Result<http::Reply> export_journal(const Call& call);
[[nodiscard]] Result<http::Reply> show_retention(const Call& call);
[[nodiscard]] Result<http::Reply> change_retention(const Call& call);
[[nodiscard]] Result<http::Reply> purge_now(const Call& call);
[[nodiscard]] Result<http::Reply> show_register(const Call& call);
[[nodiscard]] Result<http::Reply> save_delegate(const Call& call);
[[nodiscard]] Result<http::Reply> export_register(const Call& call);
[[nodiscard]] Result<http::Reply> show_persons(const Call& call);
[[nodiscard]] Result<http::Reply> show_person(const Call& call);
[[nodiscard]] Result<http::Reply> hand_over(const Call& call);
[[nodiscard]] Result<http::Reply> erase(const Call& call);

}  // namespace beffroi::oversight
