#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "json/writer.h"
#include "knowledge/find.h"
#include "usecases/gateway/body.h"
#include "usecases/gateway/catalogue.h"
#include "usecases/gateway/fault.h"

namespace beffroi::gateway {

namespace {

using http::Reply;
using http::Request;
using people::Visitor;

constexpr std::int64_t kUsualResults = 10, kMostResults = 100;

// Null when it is not open to this commune.
Result<std::shared_ptr<const knowledge::Corpus>> base_of(const Services& services, const Visitor& visitor) {
  if (!BEFFROI_TRY(services.may_read_base(visitor.tenant))) return std::shared_ptr<const knowledge::Corpus>();
  auto corpus = services.corpus();
  if (!corpus) return fail(Code::unavailable, "La base officielle n’est pas encore prête. Recommencez dans un instant.");
  return corpus;
}

tl::unexpected<Error> no_collection() {
  return fail(Code::not_found,
              "Cette collection n’existe pas ici, ou n’est pas ouverte à cette commune\u00a0: GET /v1/collections donne la liste.");
}

void write(json::Writer& out, const knowledge::CorpusInfo& info) {
  out.begin_object().field("object", "collection").field("id", kBaseCollection).field("name", info.name).field("owner", info.publisher);
  out.field("visibility", "public").field("documents", info.publications).field("licence", info.licence);
  out.field("updated", info.newest_date).field("notice", info.notice).end_object();
}

void write(json::Writer& out, const knowledge::Publication& publication) {
  out.begin_object().field("object", "document").field("id", publication.id).field("collection_id", kBaseCollection);
  out.field("name", publication.title).field("updated", publication.date).field("url", publication.url);
  out.field("withdrawn", publication.withdrawn).field("chunks", publication.passages.size()).end_object();
}

std::string content_of(const knowledge::Passage& passage) {
  std::string text;
  for (const knowledge::Block& block : passage.blocks) text += (text.empty() ? "" : "\n") + block.text;
  return text;
}

struct SearchCall {
  std::string words;
  std::int64_t limit = kUsualResults;
  bool lexical = false;
  bool names_base = true;
};

// Albert's own words, and those of its later versions.
Result<SearchCall> search_call_of(const json::Node& root) {
  BEFFROI_CHECK(only(root, {"prompt", "query", "collections", "collection_ids", "k", "limit", "method"}));
  SearchCall call;
  call.words = BEFFROI_TRY(required_text(root, root.find("query") ? "query" : "prompt"));
  if (call.words.size() > search::kMaxQueryBytes)
    return wrong("prompt", fmt::format("«\u00a0prompt\u00a0»\u00a0: {} octets au plus.", search::kMaxQueryBytes));
  call.limit = BEFFROI_TRY(number_or(root, root.find("limit") ? "limit" : "k", kUsualResults, {1, kMostResults}));
  for (const std::string name : {"collections", "collection_ids"}) {
    if (!root.find(name)) continue;
    const auto ids = BEFFROI_TRY(texts_or_none(root, name, name));
    call.names_base = std::find(ids.begin(), ids.end(), kBaseCollection) != ids.end();  // an empty list searches nothing
    if (std::any_of(ids.begin(), ids.end(), [](const std::string& id) { return id != kBaseCollection; })) return no_collection();
  }
  if (const auto method = root.find("method")) {
    const std::string name = BEFFROI_TRY(member_text(*method, "method"));
    if (name == "semantic")
      return unsupported("method", "chercher par le sens seul n’est pas proposé ici\u00a0: lexical, ou hybrid (les mots et le sens).");
    if (name != "lexical" && name != "hybrid") return wrong("method", "«\u00a0method\u00a0»\u00a0: lexical ou hybrid.");
    call.lexical = name == "lexical";
  }
  return call;
}

void write_result(json::Writer& out, const knowledge::Publication& publication, const search::Hit& hit, std::string_view method) {
  if (hit.passages.empty()) return;
  for (const knowledge::Passage& passage : publication.passages) {
    if (passage.id != hit.passages.front().passage_id) continue;
    out.begin_object().field("method", method).field("score", hit.relevance).key("chunk").begin_object();
    out.field("object", "chunk").field("id", passage.id).field("content", content_of(passage)).key("metadata").begin_object();
    out.field("collection_id", kBaseCollection).field("document_id", publication.id).field("document_name", publication.title);
    out.field("updated", publication.date).field("url", publication.url).field("withdrawn", publication.withdrawn);
    out.field("sections", passage.sections).field("conditions", passage.conditions).end_object().end_object().end_object();
  }
}

}  // namespace

Result<Reply> collections_reply(const Services& services, const Visitor& visitor, const Request&) {
  const auto base = BEFFROI_TRY(base_of(services, visitor));
  json::Writer out;
  out.begin_object().field("object", "list").key("data").begin_array();
  if (base) write(out, base->info());
  out.end_array().end_object();
  return http::json_reply(std::move(out).text());
}

Result<Reply> collection_reply(const Services& services, const Visitor& visitor, const Request& request) {
  const auto base = BEFFROI_TRY(base_of(services, visitor));
  if (!base || request.captured.value("id") != kBaseCollection) return no_collection();
  json::Writer out;
  write(out, base->info());
  return http::json_reply(std::move(out).text());
}

// The commune's own documents: none can be brought yet. Those of the base are found by searching.
Result<Reply> documents_reply(const Services&, const Visitor&, const Request& request) {
  if (request.query.find("collection") != nullptr || request.query.find("collection_id") != nullptr) {
    return not_there_yet(
        "La liste entière d’une collection n’est pas servie\u00a0: cherchez par /v1/search, ou lisez une fiche par /v1/documents/{id}.");
  }
  json::Writer out;
  out.begin_object().field("object", "list").key("data").begin_array().end_array();
  out.field(
      "notice",
      "Les documents de la commune ne peuvent pas encore être déposés ici\u00a0; les fiches de la base officielle se lisent par /v1/documents/{id}.");
  out.end_object();
  return http::json_reply(std::move(out).text());
}

Result<Reply> document_reply(const Services& services, const Visitor& visitor, const Request& request) {
  const auto base = BEFFROI_TRY(base_of(services, visitor));
  if (!base) return no_collection();
  const knowledge::Publication publication = BEFFROI_TRY(base->publication(request.captured.value("id")));
  json::Writer out;
  write(out, publication);
  return http::json_reply(std::move(out).text());
}

Result<Reply> search_reply(const Services& services, const Visitor& visitor, const Request& request) {
  const json::Document document = BEFFROI_TRY(parsed(request.body));
  const SearchCall call = BEFFROI_TRY(search_call_of(document.root()));
  const auto base = BEFFROI_TRY(base_of(services, visitor));
  json::Writer out;
  out.begin_object().field("object", "list").key("data").begin_array();
  if (base && call.names_base) {
    knowledge::FindOptions options;
    options.limit = static_cast<std::size_t>(call.limit);
    options.passages_each = 1;
    const auto found =
        BEFFROI_TRY(knowledge::find(*base, call.lexical ? nullptr : services.embedder.get(), call.words, options, request.stop));
    const std::string_view method = found.mode == search::Mode::hybrid ? "hybrid" : "lexical";
    for (const search::Hit& hit : found.hits) {
      if (const auto publication = base->publication(hit.publication_id)) write_result(out, *publication, hit, method);
    }
  }
  out.end_array().end_object();
  return http::json_reply(std::move(out).text());
}

}  // namespace beffroi::gateway
