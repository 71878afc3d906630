#include "llm/openai/faults.h"

#include <fmt/format.h>

#include "llm/openai/upstream_reply.h"

namespace beffroi::llm::openai {

namespace {

Error error_of(Code code, std::string_view name, std::string_view rest, const Ending& ending) {
  return {code, fmt::format("Le modèle distant {} {}.", name, rest), ending.detail};
}

std::string when_again(const Ending& ending) {
  if (!ending.retry_after) return "réessayez dans un moment";
  return fmt::format("réessayez dans {}\u00a0secondes", ending.retry_after->count());
}

}  // namespace

Fault fault_of_refusal(std::string_view name, const Ending& ending, std::string_view body) {
  const long status = ending.status;
  const auto fault = [&](Code code, std::string_view rest) { return error_of(code, name, rest, ending); };
  if (status == 413 || (status >= 400 && status < 600 && says_too_long(body))) {
    return {fault(Code::too_large, "ne peut pas lire un texte aussi long"), "", false};
  }
  if (status == 429) return {fault(Code::busy, "est trop demandé\u00a0: " + when_again(ending)), "", true};
  const std::string why = fmt::format("il a répondu {}", status);
  if (status == 503) return {fault(Code::unavailable, "n’est pas prêt\u00a0: " + when_again(ending)), why, true};
  if (status == 401 || status == 403) {
    return {fault(Code::unavailable, "refuse la clé d’accès\u00a0: vérifiez-la dans la configuration"), why, false};
  }
  if (status == 404) return {fault(Code::unavailable, "est introuvable\u00a0: vérifiez l’adresse et le nom du modèle"), why, false};
  if (status >= 300 && status < 400) {
    return {fault(Code::unavailable, "renvoie à une autre adresse\u00a0: écrivez celle-là dans la configuration"), why, false};
  }
  if (status == 408 || status == 504) return {fault(Code::timeout, "n’a pas répondu à temps\u00a0: réessayez"), why, false};
  if (status >= 500)
    return {fault(Code::unavailable, fmt::format("est en panne (réponse {})\u00a0: réessayez plus tard", status)), why, false};
  return {fault(Code::bad_input, fmt::format("n’a pas compris la demande (réponse {})", status)), "", false};
}

Fault fault_of_end(std::string_view name, const Ending& ending, bool hurried) {
  const auto fault = [&](Code code, std::string_view rest) { return error_of(code, name, rest, ending); };
  switch (ending.end) {
    case End::stopped: return {{Code::cancelled, "La rédaction a été interrompue.", ""}, "", false};
    case End::unreachable:
      return {fault(Code::unavailable, "n’a pas pu être joint\u00a0: vérifiez qu’il est en marche et que le réseau passe"),
              "il n’a pas pu être joint", true};
    case End::untrusted:
      return {fault(Code::unavailable, "n’a pas de certificat valable\u00a0: rien ne lui a été envoyé"), "son certificat n’est pas valable",
              false};
    case End::silent: return {fault(Code::timeout, "n’a rien répondu à temps\u00a0: réessayez"), "il ne répond rien", false};
    case End::stalled:
      return {fault(Code::timeout, "s’est arrêté au milieu de sa réponse, qui n’est pas gardée\u00a0: réessayez"), "il s’arrête en route",
              false};
    case End::late:
      return {fault(Code::timeout, "n’a pas fini à temps, et sa réponse n’est pas gardée\u00a0: réessayez"),
              hurried ? "" : "il ne finit pas", false};
    case End::too_long:
      return {fault(Code::bad_input, "a envoyé une réponse sans fin, qui a été refusée"), "sa réponse est sans fin", false};
    case End::whole:
    case End::enough:
    case End::broken: break;
  }
  return {fault(Code::unavailable, "s’est interrompu avant la fin de sa réponse, qui n’est pas gardée\u00a0: réessayez"),
          "il s’interrompt en route", false};
}

Fault fault_of_words(std::string_view name, const Error& fault) {
  if (fault.code == Code::unavailable) {
    return {{Code::unavailable,
             fmt::format("Le modèle distant {} a signalé une panne pendant sa réponse, qui n’est pas gardée\u00a0: réessayez.", name),
             "error object in the reply"},
            "il signale une panne",
            false};
  }
  // What the upstream wrote may hold the question: only that it was malformed is kept.
  return {
      {Code::bad_input, fmt::format("Le modèle distant {} a envoyé une réponse mal formée, qui a été refusée.", name), "malformed reply"},
      "sa réponse est mal formée",
      false};
}

Fault fault_of_page(std::string_view name, const Ending& ending) {
  return {error_of(Code::bad_input, name, "a envoyé une page au lieu d’une réponse\u00a0: vérifiez l’adresse", ending),
          "il envoie une page au lieu d’une réponse", false};
}

}  // namespace beffroi::llm::openai
