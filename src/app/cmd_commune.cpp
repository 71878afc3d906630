// beffroi commune: the tree of the installation, as the administrator of the machine changes it.
#include <fmt/format.h>

#include <functional>

#include "app/at_commune.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/installation.h"
#include "app/store_commands.h"
#include "json/writer.h"
#include "tenants/settings.h"

namespace beffroi::app {

namespace {

using tenants::Directory;

void write(json::Writer& out, const tenants::Node& node) {
  out.begin_object().field("id", node.id).field("kind", tenants::word_of(node.kind)).field("name", node.name);
  out.field("syndicate", node.parent).field("state", tenants::word_of(node.state)).field("hosts", node.hosts);
}

void print(const tenants::Node& node) {
  fmt::print("{}{}  {}{}{}\n", node.parent.empty() ? "" : "  ", node.id, node.name,
             node.kind == tenants::Kind::syndicate ? " (syndicat)" : "", node.state == tenants::State::suspended ? " — suspendu" : "");
  for (const std::string& host : node.hosts) fmt::print("      {}\n", host);
}

// Opens the installation, does one thing, and says how it went.
template <class Act>
int with_directory(const Config& config, const Act& act) {
  const auto directory = open_directory(config);
  if (!directory) return say_fault(directory.error());
  const Status done = act(**directory);
  return done ? kDone : say_fault(done.error());
}

// A change of a node, in its own journal first.
template <class Act>
Status changed(const Directory& directory, const std::string& id, const std::string& what, const Act& act) {
  return recorded(BEFFROI_TRY(directory.in_any_state(id)), audit::Action::setting_changed, what, act);
}

// A corpus opened or closed, in the journals of the nodes that it names; of every node, when the installation opens it to all.
Status change_share(Directory& directory, const CommuneOptions& options) {
  const tenants::CorpusShare share{options.corpus, options.from, options.to, 0};
  std::vector<tenants::Tenant> told = BEFFROI_TRY(directory.all());
  const bool to_all = share.owner.empty() && share.target.empty();
  std::erase_if(told, [&](const tenants::Tenant& each) { return !to_all && each.id() != share.owner && each.id() != share.target; });
  std::function<Status()> act = [&] { return options.remove ? directory.unshare(share) : directory.share(share); };
  for (const tenants::Tenant& each : told) {
    act = [&each, &options, then = std::move(act)] {
      return recorded(each, audit::Action::setting_changed, audit::word_of("corpus:" + options.corpus), then);
    };
  }
  return act();
}

Status describe(const tenants::Tenant& tenant, const CommuneOptions& options) {
  const std::pair<const tenants::TextSetting*, const std::string*> fields[] = {{&tenants::kTelephone, &options.telephone},
                                                                               {&tenants::kAddress, &options.address},
                                                                               {&tenants::kHours, &options.hours},
                                                                               {&tenants::kUrl, &options.url}};
  for (const auto& [setting, value] : fields) {
    if (!value->empty()) BEFFROI_CHECK(tenants::write(tenant, *setting, *value));
  }
  return {};
}

// Each syndicate, then its communes; the communes without one at the end.
std::vector<tenants::Node> in_tree_order(const std::vector<tenants::Node>& nodes) {
  std::vector<tenants::Node> ordered;
  for (const tenants::Node& node : nodes) {
    if (!node.parent.empty()) continue;
    ordered.push_back(node);
    for (const tenants::Node& child : nodes) {
      if (child.parent == node.id) ordered.push_back(child);
    }
  }
  return ordered;
}

Status show(const Directory& directory, const CommuneOptions& options) {
  const tenants::Node node = BEFFROI_TRY(directory.node(options.id));
  const tenants::Counts counts = BEFFROI_TRY(directory.counts(options.id));
  if (options.json) {
    json::Writer out;
    write(out, node);
    out.key("counts").begin_object().field("people", counts.people).field("answers", counts.answers);
    out.field("conversations", counts.conversations).field("jobs_failed", counts.jobs_failed);
    out.field("last_backup_ms", counts.last_backup_ms).field("database_bytes", counts.database_bytes);
    out.field("schema_version", counts.schema_version).end_object().end_object();
    fmt::print("{}\n", out.text());
    return {};
  }
  print(node);
  fmt::print("  personnes\u00a0: {}\n  réponses comptées\u00a0: {}\n  travaux en échec\u00a0: {}\n", counts.people, counts.answers,
             counts.jobs_failed);
  fmt::print("  taille de la base\u00a0: {}\u00a0ko (schéma {})\n", counts.database_bytes / 1024, counts.schema_version);
  return {};
}

}  // namespace

int run_commune_add(const Config& config, const CommuneOptions& options) {
  return with_directory(config, [&](Directory& directory) -> Status {
    const tenants::Kind kind = options.is_syndicate ? tenants::Kind::syndicate : tenants::Kind::commune;
    BEFFROI_CHECK(directory.add({options.id, kind, options.name, options.syndicate}));
    return changed(directory, options.id, "commune", [&]() -> Status {
      for (const std::string& host : options.hosts) BEFFROI_CHECK(directory.add_host(options.id, host));
      return describe(BEFFROI_TRY(directory.tenant(options.id)), options);
    });
  });
}

int run_commune_list(const Config& config, const CommuneOptions& options) {
  return with_directory(config, [&](const Directory& directory) -> Status {
    const auto nodes = in_tree_order(BEFFROI_TRY(directory.list()));
    if (!options.json) {
      for (const tenants::Node& node : nodes) print(node);
      return {};
    }
    json::Writer out;
    out.begin_object().key("nodes").begin_array();
    for (const tenants::Node& node : nodes) {
      write(out, node);
      out.end_object();
    }
    fmt::print("{}\n", out.end_array().end_object().text());
    return {};
  });
}

int run_commune_show(const Config& config, const CommuneOptions& options) {
  return with_directory(config, [&](const Directory& directory) { return show(directory, options); });
}

int run_commune_rename(const Config& config, const CommuneOptions& options) {
  return with_directory(config, [&](Directory& directory) {
    return changed(directory, options.id, "town_hall", [&] { return directory.rename(options.id, options.name); });
  });
}

int run_commune_describe(const Config& config, const CommuneOptions& options) {
  return with_directory(config, [&](Directory& directory) -> Status {
    const tenants::Tenant tenant = BEFFROI_TRY(directory.tenant(options.id));
    return changed(directory, options.id, "town_hall", [&] { return describe(tenant, options); });
  });
}

int run_commune_host(const Config& config, const CommuneOptions& options) {
  return with_directory(config, [&](Directory& directory) {
    return changed(directory, options.id, "hosts", [&]() -> Status {
      for (const std::string& host : options.hosts) {
        BEFFROI_CHECK(options.remove ? directory.remove_host(options.id, host) : directory.add_host(options.id, host));
      }
      return {};
    });
  });
}

int run_commune_suspend(const Config& config, const CommuneOptions& options) {
  return with_directory(config, [&](Directory& directory) {
    return changed(directory, options.id, "suspended", [&] { return directory.set_state(options.id, tenants::State::suspended); });
  });
}

int run_commune_resume(const Config& config, const CommuneOptions& options) {
  return with_directory(config, [&](Directory& directory) {
    return changed(directory, options.id, "resumed", [&] { return directory.set_state(options.id, tenants::State::active); });
  });
}

int run_commune_share(const Config& config, const CommuneOptions& options) {
  return with_directory(config, [&](Directory& directory) { return change_share(directory, options); });
}

int run_commune_shares(const Config& config, const CommuneOptions& options) {
  return with_directory(config, [&](const Directory& directory) -> Status {
    const auto shares = BEFFROI_TRY(directory.shares());
    json::Writer out;
    out.begin_object().key("shares").begin_array();
    for (const tenants::CorpusShare& share : shares) {
      out.begin_object().field("corpus", share.corpus).field("from", share.owner).field("to", share.target);
      out.field("since_ms", share.since_ms).end_object();
      if (options.json) continue;
      fmt::print("{}\u00a0: de {} à {}\n", share.corpus, share.owner.empty() ? "l’installation" : share.owner,
                 share.target.empty() ? "toutes ses communes" : share.target);
    }
    if (options.json) fmt::print("{}\n", out.end_array().end_object().text());
    return {};
  });
}

}  // namespace beffroi::app
