/// \file
/// Facts files. An input is tried as a whole file, and as the body of one with
/// the right checksum. What is accepted must survive everything that is done
/// with facts: it is written and read again, printed, linked and solved.

#include "FuzzInput.h"
#include "link/Link.h"
#include "model/FactsPrinter.h"
#include "rules/RuleReader.h"
#include "solve/Solve.h"
#include "store/FactsFile.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"

using namespace bootorder;
using llvm::StringRef;

/// A facts file with \p Body as it is; the layout is in FactsFile.h.
static std::string fileAround(StringRef Body) {
  namespace endian = llvm::support::endian;
  std::string File(32, '\0');
  File.replace(0, 8, "BOFACTS\n");
  endian::write32le(&File[8], FactsVersion);
  endian::write64le(&File[16], Body.size());
  endian::write64le(&File[24], llvm::xxh3_64bits(Body));
  return File + Body.str();
}

static std::string printed(const FactsFile &File) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  if (File.Unit)
    printFacts(*File.Unit, OS);
  for (const HeaderFacts &Header : File.Headers)
    printFacts(Header, OS);
  return Text;
}

static void mustComeBack(const FactsFile &File) {
  std::string Bytes;
  if (File.Unit) {
    Bytes = encodeUnit(*File.Unit, File.Headers);
  } else {
    std::vector<const HeaderFacts *> Headers;
    for (const HeaderFacts &Header : File.Headers)
      Headers.push_back(&Header);
    Bytes = encodeHeaders(Headers);
  }
  FactsFile Again = certain(decodeFacts(Bytes, "again"));
  mustHold(printed(Again) == printed(File));
}

/// A boot through `start` that is ready when `ready` has returned.
static RuleSet smallRules() {
  return certain(readRules(
      {"rules"}, [](StringRef) -> llvm::Expected<std::string> {
        return std::string("bootorder: 1\n"
                           "entry_points: [{function: start, order: 1, reason: r}]\n"
                           "milestones: {ready: {means: m, returns: ready}}\n"
                           "rules:\n"
                           "  early-sink:\n"
                           "    {title: t, why: w, fix: f, since: '0.1.0',\n"
                           "     source: [{file: f, version: v}],\n"
                           "     needs: {after: ready}, sinks: [{functions: [sink]}]}\n");
      }));
}

static void solveAlone(const FactsFile &File) {
  static const RuleSet Rules = smallRules();
  std::vector<const HeaderFacts *> Headers;
  for (const HeaderFacts &Header : File.Headers)
    Headers.push_back(&Header);
  LinkUnit Unit{&*File.Unit, ""};
  Program Linked = link(Unit, Headers, Rules);
  SolveOptions Options;
  Options.WithGuards = true;
  solve(Linked, Rules, Options);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  StringRef Bytes = textOf(Data, Size);
  for (const std::string &File : {Bytes.str(), fileAround(Bytes)}) {
    llvm::Expected<FactsFile> Read = decodeFacts(File, "input");
    if (!succeeded(Read))
      continue;
    mustComeBack(*Read);
    if (Read->Unit)
      solveAlone(*Read);
  }
  return 0;
}
