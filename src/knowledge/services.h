// « Où s’adresser », online services, forms and notices → blocks.
#pragma once

#include <vector>

#include "knowledge/element.h"
#include "knowledge/publication.h"

namespace beffroi::knowledge {

[[nodiscard]] Block contact_block(const Element& element);

// The service itself, then its notices and annexes. `title` stands in when the element has none (the link of a resource).
[[nodiscard]] std::vector<Block> service_blocks(const Element& element, const std::string& title = {});

// Online services are told apart from the rest of a publication by these names.
[[nodiscard]] bool is_service(const Element& element);
[[nodiscard]] bool is_contact(const Element& element);

}  // namespace beffroi::knowledge
