#include "http/problem.h"

#include <fmt/format.h>

#include <array>

#include "json/writer.h"

namespace beffroi::http {

namespace {

struct Usual {
  int status;
  std::string_view code, title, detail;
};

constexpr std::array<Usual, 20> kUsual{{
    {400, "bad_request", "Demande mal formée", "La demande n’est pas conforme au protocole HTTP."},
    {401, "unauthenticated", "Connexion nécessaire", "Connectez-vous pour continuer."},
    {403, "denied", "Accès refusé", "Vous n’avez pas le droit de faire cela."},
    {404, "not_found", "Page introuvable", "Rien n’existe à cette adresse."},
    {405, "method_not_allowed", "Méthode non admise", "Cette adresse n’accepte pas cette méthode."},
    {408, "request_timeout", "Demande trop lente", "La demande n’est pas arrivée en entier à temps."},
    {409, "conflict", "Conflit", "La demande contredit l’état actuel."},
    {411, "length_required", "Longueur manquante", "La demande doit dire sa longueur."},
    {413, "too_large", "Demande trop volumineuse", "La demande dépasse la taille admise."},
    {415, "unsupported_media_type", "Format non admis", "Le format du corps de la demande n’est pas admis ici."},
    {417, "expectation_failed", "Attente non satisfaite", "Seule l’attente «\u00a0100-continue\u00a0» est admise."},
    {422, "bad_input", "Contenu non valable", "Le contenu de la demande n’est pas valable."},
    {429, "too_many", "Trop de demandes", "Trop de demandes en peu de temps. Recommencez dans une minute."},
    {431, "headers_too_large", "En-têtes trop volumineux", "L’adresse et les en-têtes dépassent la taille admise."},
    {499, "cancelled", "Demande abandonnée", "La demande a été abandonnée avant la fin."},
    {500, "internal", "Erreur de notre côté", "Le service a rencontré une erreur. Recommencez\u00a0; si elle revient, prévenez la mairie."},
    {501, "not_implemented", "Non pris en charge", "Le service ne connaît pas cette façon d’envoyer une demande."},
    {503, "busy", "Service très demandé", "Le service est très demandé. Recommencez dans quelques secondes."},
    {504, "timeout", "Réponse trop longue", "La réponse a pris trop de temps. Recommencez."},
    {507, "storage", "Enregistrement impossible", "Le service n’a pas pu enregistrer. Prévenez la mairie."},
}};

int status_of(Code code) {
  switch (code) {
    case Code::invalid_argument: return 400;
    case Code::bad_input: return 422;
    case Code::not_found: return 404;
    case Code::unauthenticated: return 401;
    case Code::denied: return 403;
    case Code::conflict: return 409;
    case Code::too_large: return 413;
    case Code::too_many: return 429;
    case Code::busy: return 503;
    case Code::timeout: return 504;
    case Code::cancelled: return 499;
    case Code::unavailable: return 503;
    case Code::storage: return 507;
    case Code::internal: return 500;
  }
  return 500;
}

std::string_view openai_type(int status) {
  switch (status) {
    case 401: return "authentication_error";
    case 403: return "permission_error";
    case 404: return "not_found_error";
    case 429: return "rate_limit_error";
    default: return status < 500 ? "invalid_request_error" : "server_error";
  }
}

void add_headers(Reply& reply, const Problem& problem) {
  if (problem.retry_after_s > 0) reply.headers.emplace_back("Retry-After", std::to_string(problem.retry_after_s));
  if (!problem.allow.empty()) reply.headers.emplace_back("Allow", problem.allow);
}

}  // namespace

Problem problem_of(int status) {
  Problem problem;
  for (const Usual& usual : kUsual) {
    if (usual.status != status && usual.status != 500) continue;  // 500 stands for what the table does not know
    problem = Problem{usual.status, std::string(usual.code), std::string(usual.title), std::string(usual.detail), 0, {}, {}};
    if (usual.status == status) break;
  }
  if (status == 503) problem.retry_after_s = 2;
  if (status == 429) problem.retry_after_s = 60;
  return problem;
}

Problem problem_of(int status, std::string detail) {
  Problem problem = problem_of(status);
  problem.detail = std::move(detail);
  return problem;
}

Problem problem_of(const Error& error) {
  Problem problem = problem_of(status_of(error.code));
  problem.code = name_of(error.code);
  if (error.code == Code::unavailable) {
    problem.title = "Service indisponible";
    problem.detail = "Une partie du service est arrêtée ou n’est pas encore prête.";
    problem.retry_after_s = 30;
  } else if (error.code == Code::invalid_argument) {
    problem.title = "Demande non valable";
  }
  if (!error.message.empty()) problem.detail = error.message;
  return problem;
}

Reply refusal(Problem problem) {
  Reply reply;
  reply.status = problem.status;
  reply.problem = std::make_shared<const Problem>(std::move(problem));
  return reply;
}

Reply refusal(const Error& error) { return refusal(problem_of(error)); }

Reply problem_json(const Problem& problem) {
  json::Writer out;
  out.begin_object().field("type", "urn:beffroi:probleme:" + problem.code).field("title", problem.title);
  out.field("status", problem.status).field("code", problem.code).field("detail", problem.detail).end_object();
  Reply reply = json_reply(std::move(out).text(), problem.status);
  reply.content_type = "application/problem+json";
  add_headers(reply, problem);
  return reply;
}

std::string openai_error(const Problem& problem) {
  json::Writer out;
  out.begin_object().field("message", problem.detail).field("type", openai_type(problem.status)).key("param");
  if (problem.parameter.empty()) out.null();
  else out.value(problem.parameter);
  out.field("code", problem.code).end_object();
  return std::move(out).text();
}

Reply problem_for_openai(const Problem& problem) {
  Reply reply = json_reply("{\"error\":" + openai_error(problem) + "}", problem.status);
  add_headers(reply, problem);
  if (problem.status == 409 || problem.status == 501) reply.headers.emplace_back("X-Should-Retry", "false");
  return reply;
}

Reply problem_page(const Problem& problem) {
  Reply reply = html_reply(fmt::format(R"(<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{0} ({1})</title>
</head>
<body>
<main>
<h1>{0}</h1>
<p>{2}</p>
<p><a href="/">Revenir à l’accueil</a></p>
</main>
</body>
</html>
)",
                                       html_escaped(problem.title), problem.status, html_escaped(problem.detail)),
                           problem.status);
  add_headers(reply, problem);
  return reply;
}

std::string html_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace beffroi::http
