// A publication as JSON, with its structure. api/openapi.yaml describes it.
#pragma once

#include "json/writer.h"
#include "knowledge/publication.h"

namespace beffroi::assistant {

// The members of the publication inside an object that is open: everything, or what a list of results shows.
void write_publication(json::Writer& out, const knowledge::Publication& publication);
void write_summary(json::Writer& out, const knowledge::Publication& publication);

}  // namespace beffroi::assistant
