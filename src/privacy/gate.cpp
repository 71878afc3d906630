#include "privacy/gate.h"

#include <fmt/format.h>

#include <array>

#include "privacy/detect.h"

namespace beffroi::privacy {

std::vector<Span> concerned(std::vector<Span> spans, Document document, const Policy& policy) {
  std::erase_if(spans, [&](const Span& span) {
    return (span.label == Label::date && !policy.dates) || (span.elected && document == Document::public_act);
  });
  return spans;
}

Gate::Gate(Policy policy, Detector detector) : policy_(policy), detector_(detector ? std::move(detector) : Detector(detect)) {}

Result<Outgoing> Gate::pass(std::string_view text, Destination destination, Document document, Pseudonyms& pseudonyms) const {
  if (destination == Destination::upstream && policy_.upstream == Upstream::mask) return hide(text, document, pseudonyms);
  std::vector<Span> found = concerned(BEFFROI_TRY(detector_(text)), document, policy_);
  if (destination == Destination::upstream && !found.empty()) {
    return fail(
        Code::denied,
        fmt::format("Ce texte contient des données personnelles ({})\u00a0: il n’est pas envoyé à un modèle extérieur.", in_french(found)));
  }
  return Outgoing{std::string(text), std::move(found), false};
}

Result<Outgoing> Gate::hide(std::string_view text, Document document, Pseudonyms& pseudonyms) const {
  std::vector<Span> found = concerned(BEFFROI_TRY(detector_(text)), document, policy_);
  std::string masked = mask(text, found, pseudonyms);
  return Outgoing{std::move(masked), std::move(found), true};
}

std::string in_french(const std::vector<Span>& spans) {
  struct Name {
    std::string_view one, many;
  };
  static constexpr std::array<Name, kLabels> kNames = {{{"nom", "noms"},
                                                        {"adresse", "adresses"},
                                                        {"lieu", "lieux"},
                                                        {"téléphone", "téléphones"},
                                                        {"adresse électronique", "adresses électroniques"},
                                                        {"numéro de sécurité sociale", "numéros de sécurité sociale"},
                                                        {"compte bancaire", "comptes bancaires"},
                                                        {"plaque d’immatriculation", "plaques d’immatriculation"},
                                                        {"date de naissance", "dates de naissance"},
                                                        {"date", "dates"},
                                                        {"numéro de dossier", "numéros de dossier"}}};
  std::array<int, kLabels> counts{};
  for (const Span& span : spans) ++counts[static_cast<std::size_t>(span.label)];
  std::string out;
  for (std::size_t label = 0; label < kLabels; ++label) {
    if (counts[label] == 0) continue;
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", counts[label], counts[label] == 1 ? kNames[label].one : kNames[label].many);
  }
  return out;
}

}  // namespace beffroi::privacy
