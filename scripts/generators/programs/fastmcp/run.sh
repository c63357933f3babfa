# Needs python3 with venv. Reports the tools that it makes of the document, and of the one for agents, and how long their list is.
python_tool fastmcp==4.2.3 httpx==0.28.1
python "$HERE/main.py"
