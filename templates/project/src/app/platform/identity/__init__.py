"""Who is calling: principals, passwords, invitations and sign-in sessions."""
