#include "app/toml/oidc.h"

#include "app/toml/section.h"
#include "net/address.h"

namespace beffroi::app {

namespace {

constexpr std::size_t kMaxGroupBytes = 80;

bool is_issuer(const people::oidc::Settings& settings) {
  const auto trust = settings.trusted_local ? net::Trust::trusted_local : net::Trust::https_only;
  const auto address = net::parse_address(settings.issuer, trust);
  return address && (address->encrypted || settings.trusted_local) && settings.issuer.find('?') == std::string::npos;
}

bool asks_who(std::string_view scopes) { return (" " + std::string(scopes) + " ").find(" openid ") != std::string::npos; }

// What the commune shows as the name of a group.
bool is_group(std::string_view text) {
  const bool plain = std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  return !text.empty() && text.size() <= kMaxGroupBytes && plain && text.front() != ' ' && text.back() != ' ';
}

// One line of the table: who the provider places in this group has this role.
void read_role(Section section, const CommuneConfig& commune, people::oidc::Settings& settings) {
  section.known({"group", "role", "service", "commune"});
  people::oidc::ClaimedRole line;
  std::string role;
  line.commune = commune.id;
  section.read("group", line.group);
  section.read("role", role);
  section.read("service", line.membership.service);
  section.read("commune", line.commune);
  if (!is_group(line.group)) section.refuse_section("«\u00a0group\u00a0», de 1 à 80 caractères, est le groupe que le fournisseur écrit");
  const auto known = people::role_of(role);
  if (!known || *known == people::Role::citizen)
    section.refuse_section("«\u00a0role\u00a0» doit être un rôle, comme \"agent\" ou \"reader\"");
  line.membership.role = known.value_or(people::Role::reader);
  if (!line.membership.service.empty() && !is_identifier(line.membership.service)) {
    section.refuse_value("service", "des minuscules sans accent, des chiffres et des tirets étaient attendus");
  }
  if (!is_identifier(line.commune)) section.refuse_value("commune", "l’identifiant d’une commune était attendu");
  settings.roles.push_back(std::move(line));
}

}  // namespace

void read_oidc(const toml::table& root, const std::string& file, Status& status, Config& config) {
  Section section(root, "oidc", file, status);
  if (!section.is_there()) return;
  section.known({"issuer", "client_id", "client_secret_file", "scopes", "groups_claim", "label", "trusted_local", "roles"});
  people::oidc::Settings& settings = config.oidc.settings;
  section.read("issuer", settings.issuer);
  section.read("client_id", settings.client_id);
  section.read("client_secret_file", config.oidc.client_secret_file);
  section.read("scopes", settings.scopes);
  section.read("groups_claim", settings.groups_claim);
  section.read("label", settings.label);
  section.read("trusted_local", settings.trusted_local);
  if (settings.issuer.empty() || settings.client_id.empty())
    section.refuse_section("«\u00a0issuer\u00a0» et «\u00a0client_id\u00a0» sont attendus");
  if (!is_issuer(settings)) section.refuse_value("issuer", "l’adresse https du fournisseur était attendue, exactement comme il l’écrit");
  if (!asks_who(settings.scopes)) section.refuse_value("scopes", "la liste doit contenir «\u00a0openid\u00a0»");
  if (settings.groups_claim.empty()) section.refuse_value("groups_claim", "le nom d’une donnée du fournisseur était attendu");
  if (settings.label.empty()) section.refuse_value("label", "les mots du bouton étaient attendus");
  for (const toml::table* line : section.repeated("roles")) {
    read_role(Section(*line, "oidc.roles", status, file), config.commune, settings);
  }
}

}  // namespace beffroi::app
