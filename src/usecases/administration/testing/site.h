// For tests only: an installation with a syndicate, its communes and their people, the administration's pages through the real door, and a
// browser that keeps its cookies.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "audit/tables.h"
#include "base/testing.h"
#include "compliance/tables.h"
#include "http/problem.h"
#include "jobs/queue.h"
#include "people/account.h"
#include "people/guarded_door.h"
#include "people/sign_in.h"
#include "people/tables.h"
#include "tenants/settings.h"
#include "tenants/testing/commune.h"
#include "usecases/administration/administration.h"

namespace beffroi::administration::testing {

inline constexpr std::int64_t kNow = 1'795'780'800'000;  // 27 November 2026, 12:00 UTC
inline constexpr const char* kPassword = "trois chevaux bleus";

inline std::vector<db::Migration> tables() {
  std::vector<db::Migration> all;
  for (const auto& room : {people::people_migrations(), audit::audit_migrations(), compliance::compliance_migrations(), jobs::migrations(),
                           tenants::settings_migrations()}) {
    all.insert(all.end(), room.begin(), room.end());
  }
  return all;
}

using Form = std::vector<std::pair<std::string, std::string>>;

// saint-jean (configured, alone), syndicat > saint-paul.
struct Site {
  beffroi::testing::TemporaryFolder home;
  std::shared_ptr<tenants::Directory> directory = *tenants::testing::installation(home.path(), "saint-jean", tables());
  std::shared_ptr<people::SignIn> sign_in =
      std::make_shared<people::SignIn>(people::SignIn::Parts{[] { return kNow; }, [] { return 1'000; }, {}, {}, {1 << 20, 1}});
  std::shared_ptr<const people::Door> door;
  Machine machine;
  http::Router router;

  explicit Site(std::shared_ptr<audit::Journal> journal = audit::make_journal([] { return kNow; })) {
    add_node("syndicat", tenants::Kind::syndicate, "");
    add_node("saint-paul", tenants::Kind::commune, "syndicat");
    (void)directory->add_host("saint-jean", "saint-jean.fr");
    door = people::guarded_door({{[this](std::string_view id) { return directory->tenant(id); },
                                  [this](std::string_view host) { return directory->by_host(host); }},
                                 [] { return kNow; }});
    machine.version = "1.2.3";
    machine.home = home.path();
    machine.started_ms = kNow;
    machine.traffic = std::make_shared<http::Traffic>();
    machine.why_no_model = "Aucun modèle de langue n’est configuré.";
    Services services;
    services.door = door;
    services.sign_in = sign_in;
    services.directory = directory;
    services.around = [](const people::Visitor& visitor) {
      pages::Surroundings around;
      around.person = visitor.name;
      around.csrf = visitor.csrf;
      return around;
    };
    services.journal = std::move(journal);
    services.now_ms = [] { return kNow; };
    services.machine = machine;
    add_routes(router, services);
  }

  void add_node(const std::string& id, tenants::Kind kind, const std::string& parent) {
    (void)directory->add({id, kind, "Nom de " + id, parent});
    (void)directory->add_host(id, id + ".fr");
  }
  [[nodiscard]] tenants::Tenant tenant(std::string_view id) const { return *directory->tenant(id); }
  std::string add_person(std::string_view commune, const std::string& login, people::Role role) {
    people::NewAccount account{login, "Nom de " + login, *sign_in->kept_form(kPassword), false, {{role, {}}}};
    return people::add_account(tenant(commune), account, kNow)->id;
  }
};

// Somebody signed in at one commune.
struct Browser {
  Site& site;
  std::string commune;
  std::string secret = {};  // of the session; empty: nobody

  Browser(Site& at, std::string id, const std::string& login = {}) : site(at), commune(std::move(id)) {
    if (login.empty()) return;
    secret = site.sign_in->by_password(site.tenant(commune), {login, kPassword, "192.0.2.1"})->secret;
  }

  http::Reply send(http::Method method, std::string_view address, std::string body = {}) {
    const auto target = http::parse_target(address);
    const auto match = site.router.find(method, target->segments);
    if (match.route == nullptr) return http::text_reply("no such route", 599);
    http::Request request;
    request.method = method;
    request.path = target->path;
    request.query = target->query;
    request.captured = match.captured;
    request.client = "192.0.2.1";
    request.headers = {{"Host", commune + ".fr"}, {"Sec-Fetch-Site", "same-origin"}};
    if (method == http::Method::post) request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    if (!secret.empty()) request.headers.emplace_back("Cookie", "beffroi_session=" + commune + "." + secret);
    request.body = std::move(body);
    http::Reply reply = match.route->handler(request);
    return reply.problem ? site.router.show(request, *reply.problem) : reply;
  }
  http::Reply get(std::string_view address) { return send(http::Method::get, address); }
  http::Reply post(std::string_view address, const Form& form = {}) { return post_with(people::csrf_of(secret), address, form); }
  http::Reply post_with(const std::string& csrf, std::string_view address, const Form& form = {}) {
    std::string body = "csrf=" + csrf;
    for (const auto& [name, value] : form) body += "&" + name + "=" + http::percent_encoded(value);
    return send(http::Method::post, address, body);
  }
};

inline bool has(const http::Reply& reply, std::string_view words) { return reply.body.find(words) != std::string::npos; }
inline std::string location(const http::Reply& reply) {
  for (const auto& [header, value] : reply.headers) {
    if (header == "Location") return value;
  }
  return {};
}
// What the page shows once.
inline std::string secret_of(const http::Reply& reply) {
  constexpr std::string_view kMark = "<code class=\"secret\">";
  const std::size_t at = reply.body.find(kMark);
  if (at == std::string::npos) return {};
  return reply.body.substr(at + kMark.size(), reply.body.find('<', at + kMark.size()) - at - kMark.size());
}

}  // namespace beffroi::administration::testing
