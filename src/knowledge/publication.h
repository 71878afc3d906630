// A publication of the official base « Vos droits et démarches », with the structure that DILA gave it.
//
// The tree is flattened into passages: the smallest unit that keeps a rule with its condition, its exceptions and its warnings.
// Blocks keep the reading order; their text is the source's own, spaces squeezed, one line for each paragraph or row they hold.
#pragma once

#include <string>
#include <vector>

namespace beffroi::knowledge {

enum class BlockKind {
  paragraph,
  list_item,
  table,       // `rows` holds the cells; `text` is the table in words: its title, then a line a row, each cell with its headers
  warning,     // « Attention : … »
  note,        // « À savoir : … », « Rappel : … », « À noter : … », « Exemple : … »
  contact,     // « Où s’adresser »: title, then details; `url` when there is one
  service,     // online service, form or notice: title, then details; `url` when there is one
  definition,  // « Sigle : … »
};

struct Link {
  std::string label;
  std::string url;     // external address, or empty
  std::string target;  // id of another publication, or empty
};

// One cell of a table with every header above it and left of it, widest first.
struct Cell {
  std::string text;
  std::vector<std::string> headers;
};

struct Block {
  BlockKind kind = BlockKind::paragraph;
  std::string text;                          // never empty
  std::string url;                           // contact, service
  int depth = 0;                             // nesting of a list item, 0 for the first level
  std::vector<std::string> header_rows;      // table: the column headers as shown, levels joined with " › "
  std::vector<std::vector<Cell>> rows;       // table
  std::vector<Link> links;                   // links inside the text, in order
  bool repeated = false;                     // a warning or note that follows the cases of its chapter, said again with each case so
                                             // that no rule loses it; a page showing the whole publication leaves it out
};

struct Passage {
  std::string id;                       // "F1341#p7": publication and position; stable while the structure stays
  std::vector<std::string> sections;    // chapter titles above it, widest first
  std::vector<std::string> conditions;  // condition path: « Demande en France », « Vous êtes majeur »
  std::vector<Block> blocks;            // not empty
};

struct Reference {  // a law text the publication stands on
  std::string title;
  std::string url;
};

struct Publication {
  std::string id;                       // "F1341"
  std::string kind;                     // "fiche", "question", "dossier", "theme", "ressource"
  std::string title;
  std::string over_title;               // SurTitre: « Fiche pratique », « Question-réponse », « Formulaire »
  std::vector<std::string> other_titles;  // other titles of its chapters (TitreAlternatif), « Cerfa n° 12100*02 »
  std::string description;              // dc:description
  std::string subject;                  // dc:subject
  std::string date;                     // ISO 8601 day of last modification, "2019-08-28"; never empty
  std::string url;                      // public address of the page, or empty
  bool withdrawn = false;               // its publisher no longer lists it: it can be found, shown as such, but never answers
  std::vector<std::string> audiences;   // "Particuliers", "Professionnels", "Associations"
  std::vector<std::string> topic_path;  // from the wide theme to the folder
  std::vector<Passage> passages;        // the first one is the introduction when there is one
  std::vector<Block> contacts;          // « Où s’adresser » of the whole publication
  std::vector<Block> services;          // online services and forms of the whole publication
  std::vector<Reference> references;
  std::vector<Link> related;            // questions-réponses, voir aussi, comment faire si
};

}  // namespace beffroi::knowledge
