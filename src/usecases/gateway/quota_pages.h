// /administration/quotas, as HTML. Pure functions; thread-safe.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "pages/form.h"
#include "pages/frame.h"
#include "people/key.h"
#include "usecases/gateway/quota.h"

namespace beffroi::gateway {

// A line of the table: the whole commune, or a key.
struct QuotaLine {
  std::string key;    // its id; empty: the whole commune
  std::string name;
  Limits limits;
  Use use;
};

// What was typed, kept when it is refused.
struct LimitsForm {
  std::string requests, tokens;
};
[[nodiscard]] LimitsForm form_of(const Limits& limits);

// Of the administration, at the head of both pages; may be empty.
using Tabs = std::function<void(pages::Html&)>;

struct QuotasPage {
  std::vector<QuotaLine> lines;      // the commune first
  LimitsForm commune, usual;         // of the commune, and of keys without their own
  bool saved = false;
  std::vector<pages::Fault> faults;
  Tabs tabs;
};
[[nodiscard]] std::string render_quotas(const pages::Surroundings& around, const QuotasPage& page);

struct KeyQuotaPage {
  QuotaLine line;
  LimitsForm form;
  std::vector<pages::Fault> faults;
  Tabs tabs;
};
[[nodiscard]] std::string render_key_quota(const pages::Surroundings& around, const KeyQuotaPage& page);

}  // namespace beffroi::gateway
