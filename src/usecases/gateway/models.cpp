#include <vector>

#include "json/writer.h"
#include "usecases/gateway/catalogue.h"
#include "usecases/gateway/chat.h"
#include "usecases/gateway/fault.h"

namespace beffroi::gateway {

namespace {

struct Model {
  std::string id, type, owner;
  bool ready = false;
};

// The types are those of Albert API.
std::vector<Model> models_of(const Services& services) {
  std::vector<Model> models{{std::string(kBaseModel), "text-generation", "beffroi", services.answerer() != nullptr}};
  if (services.model != nullptr)
    models.push_back({services.model->model_id(), "text-generation", "model", services.model->health().has_value()});
  if (services.embedder != nullptr)
    models.push_back({std::string(services.embedder->model_id()), "text-embeddings-inference", "model", true});
  return models;
}

// `created`: when a model was made is not known here; 0 is what its type allows.
void write(json::Writer& out, const Model& model) {
  out.begin_object().field("id", model.id).field("object", "model").field("created", 0).field("owned_by", model.owner);
  out.field("type", model.type).field("ready", model.ready).end_object();
}

}  // namespace

Result<http::Reply> models_reply(const Services& services, const people::Visitor&, const http::Request&) {
  json::Writer out;
  out.begin_object().field("object", "list").key("data").begin_array();
  for (const Model& model : models_of(services)) write(out, model);
  out.end_array().end_object();
  return http::json_reply(std::move(out).text());
}

Result<http::Reply> model_reply(const Services& services, const people::Visitor&, const http::Request& request) {
  const std::string_view id = request.captured.value("id");
  for (const Model& model : models_of(services)) {
    if (model.id != id) continue;
    json::Writer out;
    write(out, model);
    return http::json_reply(std::move(out).text());
  }
  return unknown_model(id);
}

}  // namespace beffroi::gateway
