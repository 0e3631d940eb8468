"""What makes a .deb, a portable archive, a Windows installer and a macOS disk image of the program."""
