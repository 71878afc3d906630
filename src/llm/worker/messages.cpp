#include "llm/worker/messages.h"

#include <algorithm>
#include <utility>

#include "json/reader.h"
#include "json/writer.h"

namespace beffroi::llm::worker {

namespace {

constexpr json::Limits kLimits{.size_bytes = 16 << 20, .depth = 8};

Result<std::string> text_in(const json::Node& node, std::string_view name) { return BEFFROI_TRY(node.member(name)).text(); }
Result<std::vector<std::string>> texts_in(const json::Node& node, std::string_view name) { return BEFFROI_TRY(node.member(name)).texts(); }
Result<std::int64_t> integer_in(const json::Node& node, std::string_view name) { return BEFFROI_TRY(node.member(name)).integer(); }
Result<double> number_in(const json::Node& node, std::string_view name) { return BEFFROI_TRY(node.member(name)).number(); }
Result<bool> boolean_in(const json::Node& node, std::string_view name) { return BEFFROI_TRY(node.member(name)).boolean(); }

void put(json::Writer& out, const std::vector<LetteredPassage>& passages) {
  out.key("passages").begin_array();
  for (const LetteredPassage& passage : passages) {
    out.begin_object().field("heading", passage.heading).field("sentences", passage.sentences).end_object();
  }
  out.end_array();
}

Result<std::vector<LetteredPassage>> passages_of(const json::Node& root) {
  const json::Node list = BEFFROI_TRY(root.member("passages"));
  std::vector<LetteredPassage> passages;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const json::Node one = list.at(i);
    passages.push_back({BEFFROI_TRY(text_in(one, "heading")), BEFFROI_TRY(texts_in(one, "sentences"))});
  }
  return passages;
}

void put_deadline(json::Writer& out, const Place& place) { out.field("deadline_ms", place.deadline.count()); }

Result<Place> place_of(const json::Node& root) {
  Place place;
  place.deadline = std::chrono::milliseconds(BEFFROI_TRY(integer_in(root, "deadline_ms")));
  return place;
}

void put(json::Writer& out, const Usage& usage) {
  out.key("usage").begin_object();
  out.field("model", usage.model).field("prompt", usage.prompt_tokens).field("reused", usage.reused_tokens);
  out.field("generated", usage.generated_tokens).field("cpu_s", usage.cpu_s).field("wall_s", usage.wall_s);
  if (usage.joules) out.field("joules", *usage.joules);
  out.end_object();
}

Result<Usage> usage_of(const json::Node& root) {
  const json::Node node = BEFFROI_TRY(root.member("usage"));
  Usage usage;
  usage.model = BEFFROI_TRY(text_in(node, "model"));
  usage.prompt_tokens = BEFFROI_TRY(integer_in(node, "prompt"));
  usage.reused_tokens = BEFFROI_TRY(integer_in(node, "reused"));
  usage.generated_tokens = BEFFROI_TRY(integer_in(node, "generated"));
  usage.cpu_s = BEFFROI_TRY(number_in(node, "cpu_s"));
  usage.wall_s = BEFFROI_TRY(number_in(node, "wall_s"));
  if (const auto joules = node.find("joules")) usage.joules = BEFFROI_TRY(joules->number());
  return usage;
}

void put(json::Writer& out, const std::vector<Exchange>& earlier) {
  out.key("earlier").begin_array();
  for (const Exchange& exchange : earlier) {
    out.begin_object().field("message", exchange.message).field("reply", exchange.reply).end_object();
  }
  out.end_array();
}

Result<std::vector<Exchange>> earlier_of(const json::Node& root) {
  const json::Node list = BEFFROI_TRY(root.member("earlier"));
  std::vector<Exchange> earlier;
  for (std::size_t i = 0; i < list.size(); ++i) {
    earlier.push_back({BEFFROI_TRY(text_in(list.at(i), "message")), BEFFROI_TRY(text_in(list.at(i), "reply"))});
  }
  return earlier;
}

Result<ChatRequest> chat_request_of(const json::Node& root) {
  ChatRequest request;
  request.earlier = BEFFROI_TRY(earlier_of(root));
  request.instructions_typed = BEFFROI_TRY(boolean_in(root, "instructions_typed"));
  request.instructions = BEFFROI_TRY(text_in(root, "instructions"));
  request.material = BEFFROI_TRY(text_in(root, "material"));
  request.message = BEFFROI_TRY(text_in(root, "message"));
  request.repeats = BEFFROI_TRY(text_in(root, "repeats"));
  request.grammar = BEFFROI_TRY(text_in(root, "grammar"));
  request.max_tokens = static_cast<int>(std::clamp<std::int64_t>(BEFFROI_TRY(integer_in(root, "max_tokens")), 1, 1 << 20));
  request.place = BEFFROI_TRY(place_of(root));
  return request;
}

Result<Choosing> choosing_of(const json::Node& root, const json::Node& list) {
  Choosing choosing;
  for (std::size_t i = 0; i < list.size(); ++i) {
    Choosing::OfPassage passage;
    passage.none = BEFFROI_TRY(number_in(list.at(i), "none"));
    const json::Node sentences = BEFFROI_TRY(list.at(i).member("sentences"));
    for (std::size_t s = 0; s < sentences.size(); ++s) passage.sentences.push_back(BEFFROI_TRY(sentences.at(s).number()));
    choosing.passages.push_back(std::move(passage));
  }
  choosing.usage = BEFFROI_TRY(usage_of(root));
  return choosing;
}

}  // namespace

std::string encode(const ChatRequest& request) {
  json::Writer out;
  out.begin_object().field("do", "write");
  out.field("instructions", request.instructions).field("material", request.material).field("message", request.message);
  out.field("repeats", request.repeats).field("grammar", request.grammar).field("max_tokens", request.max_tokens);
  put(out, request.earlier);
  out.field("instructions_typed", request.instructions_typed);
  put_deadline(out, request.place);
  return std::move(out.end_object()).text();
}

std::string encode(const ChoosingRequest& request) {
  json::Writer out;
  out.begin_object().field("do", "choose").field("question", request.question);
  put(out, request.passages);
  put_deadline(out, request.place);
  return std::move(out.end_object()).text();
}

std::string encode(const PreloadRequest& request) {
  json::Writer out;
  out.begin_object().field("do", "preload");
  put(out, request.passages);
  return std::move(out.end_object()).text();
}

Result<Request> decode_request(std::string_view message) {
  const json::Document document = BEFFROI_TRY(json::Document::parse(message, kLimits));
  const json::Node root = document.root();
  const std::string what = BEFFROI_TRY(text_in(root, "do"));
  if (what == "write") return Request(BEFFROI_TRY(chat_request_of(root)));
  if (what == "preload") return Request(PreloadRequest{BEFFROI_TRY(passages_of(root))});
  if (what != "choose")
    return fail(Code::bad_input, "Le moteur de langue n’est pas de la même version que le serveur\u00a0: relancez-le.", what);
  ChoosingRequest request;
  request.question = BEFFROI_TRY(text_in(root, "question"));
  request.passages = BEFFROI_TRY(passages_of(root));
  request.place = BEFFROI_TRY(place_of(root));
  return Request(std::move(request));
}

std::string encode_piece(std::string_view piece) {
  json::Writer out;
  out.begin_object().field("text", piece).end_object();
  return std::move(out).text();
}

std::string encode_end(const ChatReply& reply) {
  json::Writer out;
  out.begin_object().field("cut", reply.cut);
  put(out, reply.usage);
  return std::move(out.end_object()).text();
}

std::string encode_end(const Choosing& choosing) {
  json::Writer out;
  out.begin_object().key("passages").begin_array();
  for (const auto& passage : choosing.passages) {
    out.begin_object().field("none", passage.none).key("sentences").begin_array();
    for (const double one : passage.sentences) out.value(one);
    out.end_array().end_object();
  }
  out.end_array();
  put(out, choosing.usage);
  return std::move(out.end_object()).text();
}

Result<Part> decode_part(std::string_view message) {
  const json::Document document = BEFFROI_TRY(json::Document::parse(message, kLimits));
  const json::Node root = document.root();
  Part part;
  if (const auto text = root.find("text")) {
    part.text = BEFFROI_TRY(text->text());
  } else if (const auto passages = root.find("passages")) {
    part.choosing = BEFFROI_TRY(choosing_of(root, *passages));
  } else {
    part.reply = ChatReply{{}, BEFFROI_TRY(boolean_in(root, "cut")), BEFFROI_TRY(usage_of(root))};
  }
  return part;
}

}  // namespace beffroi::llm::worker
