// What the commands about one commune share. Only for cmd_*.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/config.h"
#include "app/console.h"
#include "app/commands.h"
#include "app/installation.h"
#include "audit/recorded.h"
#include "people/account.h"
#include "people/visitor.h"

namespace beffroi::app {

// Opens the commune (empty: that of the configuration), does one thing, and says how it went.
template <class Act>
int at_commune(const Config& config, const std::string& id, const Act& act) {
  const auto directory = open_directory(config);
  if (!directory) return say_fault(directory.error());
  const auto tenant = id.empty() ? (*directory)->by_host({}) : (*directory)->tenant(id);
  if (!tenant) return say_fault(tenant.error());
  const Status done = act(*tenant);
  return done ? kDone : say_fault(done.error());
}

// Who types: « uid-1000 ».
[[nodiscard]] audit::Who console_user();

// Written in the commune's journal, then done.
template <class Act>
[[nodiscard]] auto recorded(const tenants::Tenant& tenant, audit::Action action, std::string object, const Act& act) {
  audit::Entry entry;
  entry.who = console_user();
  entry.action = action;
  entry.object = std::move(object);
  return audit::recorded(*audit::make_journal(), tenant, entry, act);
}

// The line of an act on an account, which commits with it (people/account.h).
[[nodiscard]] people::Within line_within(const tenants::Tenant& tenant, audit::Action action);

// "agent", "agent:restauration". Code::invalid_argument names the roles there are.
[[nodiscard]] Result<std::vector<people::Membership>> roles_of(std::span<const std::string> words);
[[nodiscard]] std::string word_of(const people::Membership& membership);
[[nodiscard]] std::vector<std::string> words_of(std::span<const people::Membership> memberships);

}  // namespace beffroi::app
