#include "tool/report/Outputs.h"

#include "support/Error.h"
#include "support/Files.h"
#include "support/Suggest.h"
#include "tool/report/CodeQuality.h"
#include "tool/report/JsonReporter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <optional>

using namespace llvm;

namespace bootorder {

static std::optional<ReportFormat> formatNamed(StringRef Name) {
  if (Name == "text")
    return ReportFormat::Text;
  if (Name == "json")
    return ReportFormat::Json;
  if (Name == "sarif")
    return ReportFormat::Sarif;
  if (Name == "codequality")
    return ReportFormat::CodeQuality;
  return std::nullopt;
}

static Expected<Output> parseOutput(StringRef Text) {
  auto [Name, File] = Text.split('=');
  std::optional<ReportFormat> Format = formatNamed(Name);
  if (!Format)
    return makeError(
        "unknown format '" + Name + "'; " +
        suggestWord(Name, {"text", "json", "sarif", "codequality"}));
  if (File.empty() && Text.contains('='))
    return makeError("'--format " + Text + "' names no file; write '" + Name +
                     "=FILE', or '" + Name + "' for the standard output");
  return Output{*Format, File.str()};
}

Expected<std::vector<Output>> parseOutputs(ArrayRef<std::string> Formats) {
  std::vector<Output> Outputs;
  for (const std::string &Text : Formats) {
    Expected<Output> Parsed = parseOutput(Text);
    if (!Parsed)
      return Parsed.takeError();
    for (const Output &Earlier : Outputs)
      if (Earlier.File == Parsed->File)
        return makeError(
            "two reports go to " +
            (Parsed->File.empty() ? "the standard output"
                                  : "'" + Parsed->File + "'") +
            "; give each a file of its own, as in '--format json=FILE'");
    Outputs.push_back(std::move(*Parsed));
  }
  if (Outputs.empty())
    Outputs.emplace_back();
  return Outputs;
}

Error checkOutputs(ArrayRef<Output> Outputs) {
  for (const Output &Out : Outputs) {
    if (Out.File.empty())
      continue;
    StringRef Folder = sys::path::parent_path(Out.File);
    if (Folder.empty())
      Folder = ".";
    if (!sys::fs::is_directory(Folder))
      return makeError("cannot write '" + Out.File + "': '" + Folder +
                       "' is not a folder; make it first");
    if (std::error_code Code =
            sys::fs::access(Folder, sys::fs::AccessMode::Write))
      return makeError("cannot write '" + Out.File + "': folder '" + Folder +
                       "': " + StringRef(Code.message()).lower() +
                       "; choose a folder that can be written");
  }
  return Error::success();
}

static void printReport(raw_ostream &OS, ReportFormat Format, const Report &R,
                        const ReportOptions &Options) {
  switch (Format) {
  case ReportFormat::Text: {
    TextOptions Text = Options.Text;
    Text.Also = Options.Also;
    return printText(OS, R, Text);
  }
  case ReportFormat::Json:
    return printJson(OS, R, Options.Also);
  case ReportFormat::Sarif: {
    SarifOptions Sarif = Options.Sarif;
    Sarif.Also = Options.Also;
    return printSarif(OS, R, Sarif);
  }
  case ReportFormat::CodeQuality:
    printCodeQuality(OS, R);
    return;
  }
  llvm_unreachable("not a format");
}

/// A full disk behind the standard output shows when it is flushed.
static Error flushOutput() {
  outs().flush();
  if (!outs().has_error())
    return Error::success();
  std::string Reason = StringRef(outs().error().message()).lower();
  outs().clear_error();
  return makeError("cannot write to the standard output: " + Reason);
}

Error writeOutputs(ArrayRef<Output> Outputs, const Report &R,
                   const ReportOptions &Options) {
  for (const Output &Out : Outputs) {
    if (Out.File.empty()) {
      printReport(outs(), Out.Format, R, Options);
      if (Error E = flushOutput())
        return E;
      continue;
    }
    std::string Text;
    raw_string_ostream OS(Text);
    printReport(OS, Out.Format, R, Options);
    if (Error E = writeFile(Out.File, Text))
      return E;
  }
  return Error::success();
}

} // namespace bootorder
