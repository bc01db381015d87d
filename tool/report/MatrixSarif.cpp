#include "tool/report/Matrix.h"

#include "support/Error.h"
#include "tool/report/JsonParts.h"
#include "llvm/ADT/StringExtras.h"
#include <map>
#include <set>

using namespace llvm;

namespace bootorder {

/// Where rows are found by what a result says of itself.
using RowIndex = std::map<std::string, std::vector<const MatrixRow *>>;

static RowIndex indexRows(const Matrix &M, size_t Build) {
  RowIndex Index;
  for (const MatrixRow &Row : M.Rows)
    if (Row.Says[Build] == BuildSays::Finding)
      Index[Row.Finding.Fingerprint].push_back(&Row);
  return Index;
}

/// Puts what other builds say into the properties of \p Result.
static void annotate(json::Object &Result, const Matrix &M,
                     const MatrixRow &Row) {
  json::Object *Own = Result.getObject("properties");
  if (!Own)
    Own = Result.insert({"properties", json::Object()})
              .first->second.getAsObject();
  for (auto [Key, What] : {std::pair("foundOn", BuildSays::Finding),
                           std::pair("elsewhereOn", BuildSays::Elsewhere),
                           std::pair("notFoundOn", BuildSays::None),
                           std::pair("suppressedOn", BuildSays::Suppressed),
                           std::pair("absentOn", BuildSays::Absent),
                           std::pair("unknownOn", BuildSays::Unknown)}) {
    json::Array Names;
    for (const std::string &Name : buildsThatSay(M, Row, What))
      Names.push_back(text(Name));
    if (!Names.empty())
      (*Own)[Key] = std::move(Names);
  }
}

static void annotateRun(json::Object &Run, const Matrix &M, size_t Build) {
  RowIndex Index = indexRows(M, Build);
  json::Array *Results = Run.getArray("results");
  for (size_t I = 0; Results && I < Results->size(); ++I) {
    json::Object *Result = (*Results)[I].getAsObject();
    const json::Object *Prints =
        Result ? Result->getObject("partialFingerprints") : nullptr;
    if (!Prints)
      continue;
    // Rows that share a fingerprint say the same but for the count.
    auto Rows =
        Index.find(Prints->getString("bootorder/v1").value_or("").str());
    if (Rows != Index.end())
      annotate(*Result, M, *Rows->second.front());
  }
}

/// The category by which a platform tells runs apart.
static std::string categoryOf(const json::Object &Run) {
  const json::Object *Details = Run.getObject("automationDetails");
  return Details ? Details->getString("id").value_or("").str() : "";
}

Error printMatrixSarif(raw_ostream &OS, const Matrix &M,
                       std::vector<json::Value> Logs) {
  std::map<std::string, std::string> Categories; // and whose they are
  json::Array Runs;
  for (size_t B = 0; B < Logs.size(); ++B) {
    const std::string &Name = M.Builds[B].Name;
    json::Object *Log = Logs[B].getAsObject();
    json::Array *Own = Log ? Log->getArray("runs") : nullptr;
    if (!Own)
      return makeError("the report of '" + Name +
                       "' is not SARIF; '--format sarif' needs reports that "
                       "'bootorder check --format sarif' wrote, or trees");
    for (json::Value &Item : *Own) {
      json::Object *Run = Item.getAsObject();
      if (!Run)
        continue;
      auto [Known, IsNew] = Categories.try_emplace(categoryOf(*Run), Name);
      if (!IsNew)
        return makeError("'" + Known->second + "' and '" + Name +
                         "' have one category, '" + Known->first +
                         "'; name their configurations with 'bootorder check "
                         "--configuration NAME'");
      annotateRun(*Run, M, B);
      Runs.push_back(std::move(Item));
    }
  }
  json::OStream J(OS, /*IndentSize=*/2);
  J.object([&] {
    J.attribute("$schema",
                "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
                "schemas/sarif-schema-2.1.0.json");
    J.attribute("version", "2.1.0");
    J.attribute("runs", std::move(Runs));
  });
  OS << "\n";
  return Error::success();
}

} // namespace bootorder
