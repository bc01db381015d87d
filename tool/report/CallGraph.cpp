#include "tool/report/CallGraph.h"

#include "tool/report/Report.h"
#include "llvm/Support/GraphWriter.h"

using namespace llvm;

namespace bootorder {

static std::string nodeText(StringRef Function, StringRef File) {
  std::string Text = Function.str();
  if (!File.empty())
    Text += (" (" + File + ")").str();
  return "\"" + DOT::EscapeString(Text) + "\"";
}

DotWriter::DotWriter(raw_ostream &OS) : OS(OS) {
  OS << "digraph boot {\n  node [shape=box];\n";
}

DotWriter::~DotWriter() { OS << "}\n"; }

void DotWriter::add(const GraphEdge &Edge) {
  std::string From = nodeText(Edge.Caller, Edge.CallerFile);
  std::string To = nodeText(Edge.Callee, Edge.CalleeFile);
  if (From != Caller) {
    Caller = From;
    Written.clear();
  }
  if (!Written.insert({To, Edge.Kind}).second)
    return;
  OS << "  " << From << " -> " << To;
  if (Edge.Kind != WitnessEdgeKind::Direct)
    OS << " [label=\"" << nameOf(Edge.Kind) << "\"]";
  OS << ";\n";
}

void printEdge(raw_ostream &OS, const GraphEdge &Edge) {
  OS << Edge.Caller << '\t' << Edge.CallerFile << '\t' << Edge.Callee << '\t'
     << Edge.CalleeFile << '\t' << nameOf(Edge.Kind) << '\t' << Edge.Since
     << '\n';
}

} // namespace bootorder
