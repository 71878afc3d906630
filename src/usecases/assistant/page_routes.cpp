// The pages: each route reads the address, asks the same services as the API, and writes HTML.
#include <charconv>
#include <utility>

#include "answers/highlight.h"
#include "compliance/ai_mark.h"
#include "http/problem.h"
#include "knowledge/find.h"
#include "usecases/assistant/answer_json.h"
#include "usecases/assistant/door.h"
#include "usecases/assistant/input.h"
#include "usecases/assistant/meter.h"
#include "usecases/assistant/rewording_routes.h"
#include "usecases/assistant/routes.h"

namespace beffroi::assistant {
namespace {

using http::Reply;
using http::Request;

constexpr std::size_t kResults = 20;
constexpr std::size_t kFormLimitBytes = 16 << 10;

PageContext context_of(const Services& services) {
  const auto corpus = services.corpus();
  return {services.town_hall, corpus ? corpus->info() : knowledge::CorpusInfo{}, services.around, can_reword(services)};
}

Result<std::vector<std::string>> conditions_of(const http::Parameters& parameters) {
  std::vector<std::string> conditions = parameters.all("condition");
  if (conditions.size() > kMaxConditions) return fail(Code::invalid_argument, "Trop de situations choisies dans cette adresse.");
  for (const std::string& condition : conditions) {
    if (condition.size() > kMaxConditionCharacters) return fail(Code::too_large, "Une situation de cette adresse est trop longue.");
  }
  return conditions;
}

int status_of(answers::Status status) {
  if (status == answers::Status::busy) return 503;
  return status == answers::Status::error ? 500 : 200;
}

Result<Reply> answer_page(const Services& services, answers::Question question, const std::stop_token& stop) {
  const auto answerer = services.answerer();
  const auto corpus = services.corpus();
  if (!answerer || !corpus) return tl::unexpected(not_ready());
  question = asked_here(services, std::move(question));
  AnswerPage page;
  page.answer = answerer->ask(question, stop);
  count(services.meter.get(), services.feedback.get(), page.answer);
  BEFFROI_CHECK(services.trace.answered(page.answer));
  page.thorough = question.thorough;
  page.question = std::move(question.text);
  page.conditions = std::move(question.conditions);
  if (!page.thorough) page.answer_json = to_json(page.answer, &corpus->info());
  page.can_reword = can_reword(services);
  page.can_be_thorough = can_be_thorough(services);
  return http::html_reply(render_answer(context_of(services), page), status_of(page.answer.status));
}

// What the forms of an answer carry.
Result<answers::Question> question_of(const http::Parameters& form) {
  answers::Question question;
  question.text = BEFFROI_TRY(checked_question(form.value("q")));
  std::vector<std::string> conditions = BEFFROI_TRY(conditions_of(form));
  question.conditions = BEFFROI_TRY(checked_conditions(std::move(conditions)));
  question.thorough = form.value("thorough") == "oui";
  return question;
}

Result<Reply> home_or_answer(const Services& services, const Request& request) {
  if (request.query.value("q").empty()) return http::html_reply(render_home(context_of(services)));
  answers::Question question;
  question.text = BEFFROI_TRY(checked_question(request.query.value("q")));
  question.conditions = BEFFROI_TRY(conditions_of(request.query));
  return answer_page(services, std::move(question), request.stop);
}

// The form of a page without JavaScript: the whole page comes once the model has chosen. A POST, so that no robot spends a model.
Result<Reply> thorough(const Services& services, const Request& request) {
  const http::Parameters form = BEFFROI_TRY(request.form());
  answers::Question question = BEFFROI_TRY(question_of(form));
  question.thorough = true;
  return answer_page(services, std::move(question), request.stop);
}

SearchResult result_of(const knowledge::Publication& publication) {
  return {publication.id, publication.title, publication.date, publication.description,
          publication.audiences.empty() ? "" : publication.audiences.front()};
}

Result<Reply> search(const Services& services, const Request& request) {
  SearchPage page;
  if (!request.query.value("q").empty()) {
    page.query = BEFFROI_TRY(checked_question(request.query.value("q")));
    const auto corpus = services.corpus();
    if (!corpus) return tl::unexpected(not_ready());
    knowledge::FindOptions options;
    options.limit = kResults;
    const search::Results results = BEFFROI_TRY(knowledge::find(*corpus, services.embedder.get(), page.query, options, request.stop));
    page.corrected = results.corrected;
    for (const search::Hit& hit : results.hits) {
      if (const auto publication = corpus->publication(hit.publication_id)) page.results.push_back(result_of(*publication));
    }
  }
  return http::html_reply(render_search(context_of(services), page));
}

std::uint32_t number_of(const Request& request, std::string_view name) {
  const std::string_view text = request.query.value(name);
  std::uint32_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc{} && end == text.data() + text.size() ? number : 0;
}

// The place the address asks to highlight: none when it names no passage of this publication; without a range when the words moved.
std::optional<answers::Highlight> highlight_of(const Request& request, const knowledge::Publication& publication) {
  answers::Highlight asked;
  asked.passage_id = request.query.value("passage");
  asked.block = number_of(request, "bloc");
  asked.begin_bytes = number_of(request, "debut");
  asked.end_bytes = number_of(request, "fin");
  for (const knowledge::Passage& passage : publication.passages) {
    if (passage.id != asked.passage_id) continue;
    if (auto checked = answers::checked(asked, passage)) return checked;
    return answers::Highlight{passage.id};
  }
  return std::nullopt;
}

Result<Reply> publication(const Services& services, const Request& request) {
  const auto corpus = services.corpus();
  if (!corpus) return tl::unexpected(not_ready());
  const knowledge::Publication found = BEFFROI_TRY(corpus->publication(request.captured.value("id")));
  return http::html_reply(render_publication(context_of(services), found, highlight_of(request, found)));
}

// The form of a page without JavaScript; the interface sends JSON to the API instead.
Result<Reply> opinion(const Services& services, const Request& request) {
  const http::Parameters form = BEFFROI_TRY(request.form());
  Opinion given;
  given.answer_id = form.value("answer_id");
  const std::string_view helpful = form.value("helpful");
  if (helpful != "oui" && helpful != "non")
    return fail(Code::invalid_argument, "Dites d’abord si la réponse vous a aidé\u00a0: oui ou non.");
  given.helpful = helpful == "oui";
  given.reason = form.value("reason");
  if (form.find("with_question") != nullptr) given.question = form.value("question");
  BEFFROI_CHECK(services.feedback->keep(BEFFROI_TRY(checked_opinion(std::move(given)))));
  return http::see_other("/avis");
}

// The same for « Plus simplement »: the whole page comes once everything is reworded.
Result<Reply> rewording(const Services& services, const Request& request) {
  const http::Parameters form = BEFFROI_TRY(request.form());
  answers::Question question = BEFFROI_TRY(question_of(form));
  RewordingPage page;
  page.thorough = question.thorough;
  page.style = BEFFROI_TRY(checked_style(form.value("style")));
  page.rewording = BEFFROI_TRY(reworded_answer(services, question, page.style, request.stop));
  page.question = std::move(question.text);
  page.conditions = std::move(question.conditions);
  page.model = services.rewriter->model_id();
  Reply reply = http::html_reply(render_rewording(context_of(services), page));
  if (page.rewording.reworded > 0) compliance::mark(reply, {page.model});
  return reply;
}

template <std::string (*render)(const PageContext&)>
Result<Reply> page(const Services& services, const Request&) {
  return http::html_reply(render(context_of(services)));
}

// A problem on the pages of the commune that was asked, for the person who asked; on a plain page when nobody can tell which.
Reply problem_page(const Entrance& entrance, const Request& request, const http::Problem& problem) {
  Request looked_at;
  looked_at.path = request.path;
  looked_at.headers = request.headers;
  looked_at.client = request.client;
  const auto visitor = entrance.door->admit(looked_at, people::Right::open);
  const auto services = visitor ? entrance.services(*visitor) : tl::unexpected(visitor.error());
  if (!services) return http::problem_page(problem);
  Reply reply = http::html_reply(render_error(context_of(*services), {problem.status, problem.title, problem.detail}), problem.status);
  if (problem.retry_after_s > 0) reply.headers.emplace_back("Retry-After", std::to_string(problem.retry_after_s));
  if (!problem.allow.empty()) reply.headers.emplace_back("Allow", problem.allow);
  return reply;
}

}  // namespace

void add_page_routes(http::Router& router, const Entrance& entrance) {
  using http::Method;
  using people::Right;
  const auto get = [&](const char* path, Right right, Action action) { router.add(route(entrance, Method::get, path, right, action)); };
  const auto post = [&](const char* path, Right right, Action action) {
    http::Route made = route(entrance, Method::post, path, right, action);
    made.body_limit_bytes = kFormLimitBytes;
    made.media_types = {"application/x-www-form-urlencoded"};
    router.add(std::move(made));
  };
  get("/", Right::ask, home_or_answer);
  get("/recherche", Right::ask, search);
  get("/fiches/{id}", Right::ask, publication);
  get("/accessibilite", Right::open, page<render_accessibility>);
  get("/confidentialite", Right::open, page<render_privacy>);
  post("/avis", Right::ask, opinion);
  post("/recherche-approfondie", Right::generate, thorough);
  post("/reformulation", Right::generate, rewording);
  get("/avis", Right::ask, page<render_thanks>);
  router.problem_pages(
      [entrance](const Request& request, const http::Problem& problem) { return problem_page(entrance, request, problem); });
}

}  // namespace beffroi::assistant
