// The routes of /v1: each is let in by the door (use_api), then by the quotas, and every reply bears an id of its own.
#include "crypto/token.h"
#include "usecases/gateway/catalogue.h"
#include "usecases/gateway/chat.h"
#include "usecases/gateway/embeddings.h"
#include "usecases/gateway/body.h"
#include "usecases/gateway/fault.h"
#include "usecases/gateway/gateway.h"
#include "usecases/gateway/ticket.h"

namespace beffroi::gateway {

namespace {

using http::Method;
using http::Reply;
using http::Request;
using people::Visitor;

using Call = Result<Reply> (*)(const Services& services, const Visitor& visitor, const Request& request);

// The id is told to who is turned away too.
http::Route route(const Services& services, Method method, const char* pattern, people::Action action) {
  http::Route made = people::route(services.door, method, pattern, people::Right::use_api, std::move(action));
  made.handler = [inner = std::move(made.handler)](const Request& request) {
    Reply reply = inner(request);
    reply.headers.emplace_back("X-Request-Id", crypto::random_id());
    return reply;
  };
  made.body_limit_bytes = method == Method::post ? kBodyLimitBytes : 0;
  if (method == Method::post) made.media_types = {"application/json"};
  return made;
}

// What takes its own ticket, for the tokens that it will spend.
people::Action spending(const Services& services, Call call) {
  return [services, call](const Visitor& visitor, const Request& request) -> Result<Reply> {
    auto reply = call(services, visitor, request);
    return reply ? *std::move(reply) : refusal(reply.error());
  };
}

// One request, no token.
people::Action counted(const Services& services, Call call) {
  return [services, call](const Visitor& visitor, const Request& request) -> Result<Reply> {
    auto ticket = Ticket::take(services, visitor);
    if (!ticket) return std::move(ticket).error();
    auto reply = call(services, visitor, request);
    Reply shown = reply ? *std::move(reply) : refusal(reply.error());
    (*ticket)->write_headers(shown);
    return shown;
  };
}

Result<Reply> no_transcription(const Services&, const Visitor&, const Request&) {
  return not_there_yet("La transcription de la parole n’est pas encore servie ici.");
}

Result<Reply> no_collections(const Services&, const Visitor&, const Request&) {
  return not_there_yet("Une commune ne peut pas encore faire ses propres collections ici\u00a0: seule la base officielle est servie.");
}

Result<Reply> no_documents(const Services&, const Visitor&, const Request&) {
  return not_there_yet("Une commune ne peut pas encore déposer ses propres documents ici\u00a0: seule la base officielle est servie.");
}

constexpr std::size_t kFileLimitBytes = 4 << 20;

}  // namespace

void add_api_routes(http::Router& router, const Services& services) {
  router.add(route(services, Method::get, "/v1/models", counted(services, models_reply)));
  router.add(route(services, Method::get, "/v1/models/{id...}", counted(services, model_reply)));  // ids of upstreams hold slashes
  router.add(route(services, Method::post, "/v1/chat/completions", spending(services, chat_reply)));
  router.add(route(services, Method::post, "/v1/embeddings", spending(services, embeddings_reply)));
  router.add(route(services, Method::get, "/v1/collections", counted(services, collections_reply)));
  router.add(route(services, Method::get, "/v1/collections/{id}", counted(services, collection_reply)));
  router.add(route(services, Method::get, "/v1/documents", counted(services, documents_reply)));
  router.add(route(services, Method::get, "/v1/documents/{id}", counted(services, document_reply)));
  router.add(route(services, Method::post, "/v1/search", counted(services, search_reply)));
  router.add(route(services, Method::post, "/v1/collections", counted(services, no_collections)));
  const auto files = [&](const char* pattern, Call call) {  // of any kind: what is sent is not read
    http::Route made = route(services, Method::post, pattern, counted(services, call));
    made.body_limit_bytes = kFileLimitBytes;
    made.media_types.clear();
    router.add(std::move(made));
  };
  files("/v1/documents", no_documents);
  files("/v1/audio/transcriptions", no_transcription);
}

}  // namespace beffroi::gateway
