// The JSON API. Each route: decode, check, call, encode. What it may answer is written in api/openapi.yaml.
#include "usecases/assistant/routes.h"

#include <charconv>
#include <utility>

#include "http/assets.h"
#include "http/problem.h"
#include "json/writer.h"
#include "knowledge/find.h"
#include "usecases/assistant/answer_events.h"
#include "usecases/assistant/answer_json.h"
#include "usecases/assistant/assets.h"
#include "usecases/assistant/door.h"
#include "usecases/assistant/input.h"
#include "usecases/assistant/openapi.h"
#include "usecases/assistant/publication_json.h"
#include "usecases/assistant/meter.h"
#include "usecases/assistant/metering_routes.h"
#include "usecases/assistant/rewording_routes.h"

namespace beffroi::assistant {

namespace {

using http::Reply;
using http::Request;

constexpr std::size_t kSuggestions = 7;
constexpr std::size_t kMaxLimit = 100;
constexpr std::size_t kBodyLimitBytes = 64 << 10;  // far above the longest question with its conditions

// 400 for words that are not there or not text; 413 when they are too long.
Result<std::string> words_of(const Request& request) {
  const std::string* words = request.query.find("q");
  if (words == nullptr) return fail(Code::invalid_argument, "Le paramètre q manque\u00a0: ce sont les mots à chercher.");
  return checked_question(*words);
}

Result<std::size_t> limit_of(const Request& request) {
  const std::string* text = request.query.find("limit");
  if (text == nullptr) return std::size_t{10};
  std::size_t limit = 0;
  const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), limit);
  if (fault != std::errc{} || end != text->data() + text->size() || limit < 1 || limit > kMaxLimit) {
    return fail(Code::invalid_argument, "Le paramètre limit doit être un nombre entier de 1 à 100.");
  }
  return limit;
}

// False when the person asked for words only.
Result<bool> wants_vectors(const Request& request) {
  const std::string* mode = request.query.find("mode");
  if (mode == nullptr || *mode == "hybrid") return true;
  if (*mode == "lexical") return false;
  return fail(Code::invalid_argument, "Le paramètre mode vaut lexical ou hybrid.");
}

Result<search::Filter> filter_of(const Request& request) {
  search::Filter filter = knowledge::publications_that_tell();
  for (const std::string& audience : request.query.all("audience")) {
    filter.audiences.push_back(BEFFROI_TRY(checked_audience(audience)));
    filter.all_audiences = false;
  }
  return filter;
}

// What the words of a hit's passage are: enough to show where it leads.
void write_hit(json::Writer& out, const knowledge::Publication& publication, const search::Hit& hit) {
  out.begin_object();
  write_summary(out, publication);
  out.field("link", "/fiches/" + http::percent_encoded(publication.id)).field("relevance", hit.relevance);
  out.key("passages").begin_array();
  for (const search::PassageHit& found : hit.passages) {
    for (const knowledge::Passage& passage : publication.passages) {
      if (passage.id != found.passage_id) continue;
      out.begin_object().field("id", passage.id).field("sections", passage.sections);
      out.field("conditions", passage.conditions).end_object();
    }
  }
  out.end_array().end_object();
}

Result<Reply> search_reply(const Services& services, const Request& request) {
  const std::string words = BEFFROI_TRY(words_of(request));
  knowledge::FindOptions options;
  options.limit = BEFFROI_TRY(limit_of(request));
  options.filter = BEFFROI_TRY(filter_of(request));
  const bool with_vectors = BEFFROI_TRY(wants_vectors(request));
  const auto corpus = services.corpus();
  if (!corpus) return tl::unexpected(not_ready());
  llm::Embedder* embedder = with_vectors ? services.embedder.get() : nullptr;
  const search::Results results = BEFFROI_TRY(knowledge::find(*corpus, embedder, words, options, request.stop));
  json::Writer out;
  out.begin_object().field("query", words).field("corrected", results.corrected);
  out.field("mode", results.mode == search::Mode::hybrid ? "hybrid" : "lexical").key("results").begin_array();
  for (const search::Hit& hit : results.hits) {
    const auto publication = corpus->publication(hit.publication_id);
    if (publication) write_hit(out, *publication, hit);
  }
  out.end_array();
  write_base(out, corpus->info());
  out.end_object();
  return http::json_reply(std::move(out).text());
}

// While typing: titles only, by words only, for it must be there before the next key.
Result<Reply> suggest_reply(const Services& services, const Request& request) {
  const std::string words = BEFFROI_TRY(words_of(request));
  const auto corpus = services.corpus();
  if (!corpus) return tl::unexpected(not_ready());
  knowledge::FindOptions options;
  options.limit = kSuggestions;
  options.passages_each = 1;
  const search::Results results = BEFFROI_TRY(knowledge::find(*corpus, nullptr, words, options, request.stop));
  json::Writer out;
  out.begin_object().field("query", words).key("suggestions").begin_array();
  for (const search::Hit& hit : results.hits) {
    const auto publication = corpus->publication(hit.publication_id);
    if (!publication) continue;
    out.begin_object().field("id", publication->id).field("title", publication->title).field("date", publication->date).end_object();
  }
  out.end_array();
  write_base(out, corpus->info());
  out.end_object();
  return http::json_reply(std::move(out).text());
}

Result<Reply> answer_reply(const Services& services, const Request& request) {
  answers::Question question = asked_here(services, BEFFROI_TRY(question_from_json(request.body)));
  if (question.thorough) BEFFROI_TRY(services.door->admit(request, people::Right::generate));  // a model chooses
  const auto answerer = services.answerer();
  const auto corpus = services.corpus();
  if (!answerer || !corpus) return tl::unexpected(not_ready());
  if (request.accepts("text/event-stream")) {
    return answer_events({answerer, corpus, std::move(question), std::string(request.header("Last-Event-ID")), request.stop, services.meter,
                          services.feedback, services.trace});
  }
  const answers::Answer answer = answerer->ask(question, request.stop);
  count(services.meter.get(), services.feedback.get(), answer);
  BEFFROI_CHECK(services.trace.answered(answer));
  if (answer.status == answers::Status::error) return fail(Code::internal, answer.message);
  if (answer.status == answers::Status::busy) return fail(Code::busy, answer.message);
  return http::json_reply(to_json(answer, &corpus->info()));
}

Result<Reply> publication_reply(const Services& services, const Request& request) {
  const auto corpus = services.corpus();
  if (!corpus) return tl::unexpected(not_ready());
  const knowledge::Publication publication = BEFFROI_TRY(corpus->publication(request.captured.value("id")));
  json::Writer out;
  out.begin_object();
  write_publication(out, publication);
  write_base(out, corpus->info());
  out.end_object();
  return http::json_reply(std::move(out).text());
}

Result<Reply> feedback_reply(const Services& services, const Request& request) {
  const Opinion opinion = BEFFROI_TRY(opinion_from_json(request.body));
  BEFFROI_CHECK(services.feedback->keep(opinion));
  Reply kept = http::text_reply("", 204);
  return kept;
}

Result<Reply> about_reply(const Services& services, const Request&) {
  const auto corpus = services.corpus();
  if (!corpus) return tl::unexpected(not_ready());
  const knowledge::CorpusInfo& base = corpus->info();
  const answers::TownHall& hall = services.town_hall;
  json::Writer out;
  out.begin_object().field("name", "Beffroi").field("version", services.version).key("town_hall").begin_object();
  out.field("name", hall.name).field("telephone", hall.telephone).field("address", hall.address);
  out.field("hours", hall.hours).field("url", hall.url).end_object();
  write_base(out, base);
  out.field("publications", base.publications).field("passages", base.passages).field("imported_at", base.imported_at);
  out.field("semantic_search", services.embedder != nullptr && corpus->searcher().has_vectors()).end_object();
  return http::json_reply(std::move(out).text());
}

}  // namespace

void add_api_routes(http::Router& router, const Entrance& entrance) {
  using http::Method;
  using people::Right;
  const auto get = [&](const char* path, Right right, Action action) { router.add(route(entrance, Method::get, path, right, action)); };
  const auto post = [&](const char* path, Right right, Action action) {
    http::Route made = route(entrance, Method::post, path, right, action);
    made.body_limit_bytes = kBodyLimitBytes;
    made.media_types = {"application/json"};
    router.add(std::move(made));
  };
  get("/api/v1/about", Right::open, about_reply);
  get("/api/v1/search", Right::ask, search_reply);
  get("/api/v1/suggest", Right::ask, suggest_reply);
  get("/api/v1/publications/{id}", Right::ask, publication_reply);
  post("/api/v1/answers", Right::ask, answer_reply);
  post("/api/v1/rewordings", Right::generate, rewording_reply);
  get("/api/v1/model", Right::open, model_reply);
  get("/api/v1/metering", Right::see_metering, metering_reply);
  post("/api/v1/feedback", Right::ask, feedback_reply);
}

void add_open_routes(http::Router& router, std::function<bool()> ready) {
  router.add(people::open_route(http::Method::get, "/api/openapi.yaml", [](const Request&) {
    Reply reply = http::text_reply(std::string(openapi_yaml()));
    reply.content_type = "application/yaml";
    return reply;
  }));
  router.add(people::open_route(http::Method::get, "/healthz", [](const Request&) { return http::json_reply(R"({"status":"ok"})"); }));
  router.add(people::open_route(http::Method::get, "/readyz", [ready = std::move(ready)](const Request&) {
    return ready() ? http::json_reply(R"({"status":"ready"})") : http::problem_json(http::problem_of(not_ready()));
  }));
  http::Route assets = http::asset_route("/assets", embedded_files());
  router.add(people::open_route(assets.method, std::move(assets.pattern), std::move(assets.handler)));
}

}  // namespace beffroi::assistant
